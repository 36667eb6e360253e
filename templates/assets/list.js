/* The list of claims, narrowed in place, with the state in the address. Without this script the whole list stands there. */
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

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
