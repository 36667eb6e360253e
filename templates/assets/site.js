/* Copy buttons beside texts that are there to be copied. Only an extra, as all scripts here. */
(() => {
  "use strict";
  for (const text of navigator.clipboard ? document.querySelectorAll(".copy") : []) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Copy" });
    const name = text.closest("div")?.querySelector("dt")?.textContent;
    if (name) button.setAttribute("aria-label", `Copy: ${name}`);
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    said.className = "said-copied";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text.textContent);
        said.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(text);
        said.textContent = "Selected: copy it with the keyboard";
      }
      setTimeout(() => (said.textContent = ""), 4000);
    });
    text.after(button, said);
  }
})();
