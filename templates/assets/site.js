/* Only extras: every page says and links everything without this script. */
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  /* Copy buttons beside texts that are there to be copied. */
  for (const text of navigator.clipboard ? all(".copy") : []) {
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

  /* An article: a passage and its note light up together, and the passage that the address names stays lit. */
  const marks = all("mark[data-notes]");
  if (marks.length) {
    const light = (number, on, name) => {
      for (const mark of marks) {
        if (mark.dataset.notes.split(" ").includes(number)) mark.classList.toggle(name, on);
      }
      document.getElementById(`note-${number}`)?.classList.toggle(name, on);
    };
    for (const note of all(".note")) {
      const number = note.id.slice(5);
      for (const [type, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) {
        note.addEventListener(type, () => light(number, on, "lit"));
      }
    }
    for (const mark of marks) {
      for (const [type, on] of [["mouseenter", true], ["mouseleave", false]]) {
        mark.addEventListener(type, () => mark.dataset.notes.split(" ").forEach((number) => light(number, on, "lit")));
      }
    }
    const arrive = () => {
      for (const lit of all(".named")) lit.classList.remove("named");
      const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      const number = target && (target.dataset.number || target.closest(".note")?.dataset.number);
      if (number) light(number, true, "named");
    };
    addEventListener("hashchange", arrive);
    arrive();
  }

  /* The list of claims: narrowed in place, with the state in the address. Further pages are fetched when needed. */
  const form = document.querySelector("form.filters");
  if (form) {
    const list = document.querySelector(".rows[data-list]");
    const status = form.querySelector("[role=status]");
    const pager = document.querySelector(".pager");
    const own = [...list.children];
    const fields = all("select, input[type=search]", form);
    let more = null;
    let run = 0;

    const fetchAll = () =>
      (more ??= (async () => {
        const found = [];
        const links = all("a[data-page]", pager ?? document.createElement("p"));
        for (let i = 0; i < links.length; i += 8) {
          const texts = await Promise.all(links.slice(i, i + 8).map((a) => fetch(a.href).then((r) => r.text())));
          for (const text of texts) {
            const page = new DOMParser().parseFromString(text, "text/html");
            for (const row of all(".rows[data-list] > .row", page)) {
              found.push(document.importNode(row, true));
            }
          }
        }
        return found;
      })());

    const fits = (row, wanted) =>
      wanted.every(([key, value]) =>
        key === "q" ? value.toLowerCase().split(/\s+/).every((word) => row.textContent.toLowerCase().includes(word))
                    : (row.dataset[key] ?? "").split(" ").includes(value));

    const apply = async () => {
      const mine = ++run;
      const wanted = fields.filter((f) => f.value.trim()).map((f) => [f.name, f.value.trim()]);
      const query = new URLSearchParams(wanted).toString();
      history.replaceState(null, "", query ? `?${query}` : location.pathname);
      let rows = own;
      if (wanted.length && pager) {
        status.textContent = "Looking through all pages…";
        try {
          rows = [...own, ...(await fetchAll())];
        } catch {
          more = null;
        }
        if (mine !== run) return;
      }
      const shown = wanted.length ? rows.filter((row) => row.matches(".row") && fits(row, wanted)) : own;
      list.replaceChildren(...shown);
      if (pager) pager.hidden = wanted.length > 0;
      form.querySelector("button").hidden = !wanted.length;
      status.textContent = wanted.length ? (shown.length === 1 ? "1 claim" : `${shown.length || "No"} claims`) : "";
    };

    const read = () => {
      const query = new URLSearchParams(location.search);
      for (const field of fields) field.value = query.get(field.name) ?? "";
    };
    let timer = 0;
    form.addEventListener("input", (event) => {
      clearTimeout(timer);
      timer = setTimeout(apply, event.target.type === "search" ? 200 : 0);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      apply();
    });
    form.addEventListener("reset", () => setTimeout(apply));
    addEventListener("popstate", () => (read(), apply()));
    read();
    if (fields.some((f) => f.value)) apply();
  }
})();
