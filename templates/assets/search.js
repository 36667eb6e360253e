/* The search page, on Pagefind's engine (https://pagefind.app): the index is read in parts as they are needed, nothing is
   sent anywhere, and the state stands in the address. Without this script the page says how to browse instead. */
(() => {
  "use strict";
  const form = document.querySelector("form.search");
  const list = document.querySelector(".search-results");
  const more = document.querySelector(".search-more");
  const browse = document.querySelector(".search-browse");
  const status = form.querySelector("[role=status]");
  const words = form.elements.q;
  const filters = [...form.querySelectorAll("select")];
  const stamps = new Map([...document.querySelectorAll("template[data-rating]")].map((t) => [t.dataset.rating, t]));
  const KINDS = ["Claim", "Article", "Actor", "Source", "Page"];
  const STEP = 10;
  let engine = null;
  let run = 0;
  let results = [];

  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    made.className = className;
    made.append(...children);
    return made;
  };

  const load = () =>
    (engine ??= (async () => {
      const found = await import(new URL(form.dataset.engine, location.href));
      /* A worker would have a security policy of its own, which hosts set differently. */
      await found.options({ noWorker: true, excerptLength: 28, ranking: { pageLength: 0.1 } });
      await found.init();
      offer(await found.filters());
      return found;
    })());

  const order = {
    kind: (a, b) => KINDS.indexOf(a) - KINDS.indexOf(b),
    rating: (a, b) => [...stamps.keys()].indexOf(a) - [...stamps.keys()].indexOf(b),
    year: (a, b) => b.localeCompare(a),
  };

  /* The values of each filter with how many pages have them; a chosen value stays. */
  const offer = (counts, without = counts) => {
    for (const select of filters) {
      const of = (select.value ? without : counts)[select.name] ?? {};
      const chosen = select.value || select.dataset.wanted || "";
      const values = Object.keys(of).filter((value) => of[value] || value === chosen);
      values.sort(order[select.name] ?? ((a, b) => a.localeCompare(b)));
      const options = values.map((value) => new Option(`${value} (${of[value]})`, value));
      select.replaceChildren(new Option("All", ""), ...options);
      select.value = chosen;
      delete select.dataset.wanted;
    }
  };

  /* Pagefind marks the words that were found with <mark>, in text that it has escaped. */
  const excerpt = (html) => {
    const line = element("p", "row-excerpt");
    for (const node of new DOMParser().parseFromString(html, "text/html").body.childNodes) {
      line.append(node.nodeName === "MARK" ? element("mark", "", node.textContent) : node.textContent);
    }
    return line;
  };

  /* An excerpt is worth its lines if the words that were found do not stand above it already. */
  const adds = (html, above) => {
    const found = /<mark>(.*?)<\/mark>/.exec(html)?.[1].replace(/\W+$/, "").toLowerCase();
    return found && !above.toLowerCase().includes(found);
  };

  const row = (page, searched) => {
    const { title, rating, verdict, imprint } = page.meta;
    const kind = page.filters.kind?.[0] ?? "";
    const stamp = stamps.get(rating);
    const link = element("a", "", title);
    link.href = form.dataset.root + page.raw_url.replace(/^\//, "");
    const body = element("div", "row-body", element("h2", "row-claim", link));
    if (verdict) body.append(element("p", "row-verdict", verdict));
    if (imprint) body.append(element("p", "meta", imprint.replace(/\s+/g, " ")));
    if (searched && adds(page.excerpt, `${title} ${verdict ?? ""}`)) body.append(excerpt(page.excerpt));
    const left = element("p", "row-rating", stamp ? stamp.content.cloneNode(true) : rating ?? kind);
    return element("li", "row", left, body);
  };

  const show = async (from, mine, searched) => {
    const pages = await Promise.all(results.slice(from, from + STEP).map((result) => result.data()));
    if (mine !== run) return;
    const rows = pages.map((page) => row(page, searched));
    from ? list.append(...rows) : list.replaceChildren(...rows);
    list.hidden = !results.length;
    more.hidden = results.length <= from + STEP;
    if (from) rows[0].querySelector("a").focus();
  };

  const apply = async () => {
    const mine = ++run;
    const q = words.value.trim();
    const chosen = filters.map((f) => [f.name, f.value || f.dataset.wanted || ""]).filter(([, value]) => value);
    const query = new URLSearchParams([...(q ? [["q", q]] : []), ...chosen]).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    form.querySelector("[type=reset]").hidden = !query;
    browse.hidden = !!query;
    try {
      if (query) status.textContent = "Searching…";
      const found = await load();
      if (mine !== run) return;
      if (!query) {
        results = [];
        list.hidden = more.hidden = true;
        status.textContent = "";
        offer(await found.filters());
        return;
      }
      const answer = await found.search(q || null, { filters: Object.fromEntries(chosen) });
      if (mine !== run) return;
      results = answer.results;
      offer(answer.filters, answer.totalFilters);
      await show(0, mine, !!q);
      if (mine !== run) return;
      const count = results.length === 1 ? "1 result" : `${results.length || "No"} results`;
      status.textContent = q ? `${count} for “${q}”` : count;
    } catch (error) {
      engine = null;
      browse.hidden = false;
      status.textContent = "The search could not be loaded. Below are other ways to find a check.";
      console.warn(error);
    }
  };

  const read = () => {
    const query = new URLSearchParams(location.search);
    words.value = query.get("q") ?? "";
    for (const select of filters) {
      select.value = query.get(select.name) ?? "";
      select.dataset.wanted = query.get(select.name) ?? "";
    }
  };

  let timer = 0;
  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 200);
  });
  for (const select of filters) select.addEventListener("change", apply);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    apply();
  });
  form.addEventListener("reset", () => setTimeout(apply));
  more.querySelector("button").addEventListener("click", () => show(list.children.length, run, !!words.value.trim()));
  addEventListener("popstate", () => (read(), apply()));
  read();
  apply();
})();
