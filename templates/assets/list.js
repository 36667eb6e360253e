/* The list of claims, narrowed over all its pages, with the state in the address. An index of the claims is fetched
   when a filter is first used. Without this script the whole list stands there, page by page. */
(() => {
  "use strict";
  const form = document.querySelector("form.filters[data-index]");
  if (!form) return;
  const root = form.dataset.root;
  const list = document.querySelector("[data-list]");
  const status = form.querySelector("[role=status]");
  const more = document.querySelector(".list-more");
  const aside = [list, ...document.querySelectorAll(".pager")];
  const narrowed = document.createElement("ol");
  const fields = [...form.querySelectorAll("select, input[name]")];
  const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const STEP = 100;
  let loading = null;
  let index = null;
  let run = 0;
  let found = [];
  narrowed.className = "rows";
  narrowed.hidden = true;
  list.after(narrowed);

  /* Partial dates are shown as precisely as they are known. */
  const written = (date) =>
    new Intl.DateTimeFormat(language, {
      timeZone: "UTC",
      year: "numeric",
      ...(date.length > 4 && { month: "long" }),
      ...(date.length > 7 && { day: "numeric" }),
    }).format(new Date(date));

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  const link = (section, [id, label]) => element("a", { href: `${root}${section}/${id}/` }, element("bdi", {}, label));

  const row = ([id, text, rating, topics, claimants, , , made, draft]) => {
    const stamp = document.querySelector(`template[data-rating="${CSS.escape(index.ratings[rating][0])}"]`);
    const meta = element("p", { className: "meta" });
    meta.append(element("span", {}, ...claimants.flatMap((n, i) => [i ? ", " : "", link("actors", index.actors[n])])));
    if (made) meta.append(element("span", {}, element("time", { dateTime: made }, written(made))));
    for (const n of topics.slice(0, 2)) meta.append(element("span", {}, link("topics", index.topics[n])));
    const claim = element("h2", { className: "row-claim" }, element("a", { href: `${root}claims/${id}/` }, text));
    if (draft) claim.append(" ", element("strong", { className: "mark" }, "Draft"));
    return element(
      "li",
      { className: "row" },
      element("p", { className: "row-rating" }, stamp.content.cloneNode(true)),
      element("div", { className: "row-body" }, claim, meta),
    );
  };

  const fetched = async () => {
    const answer = await fetch(form.dataset.index);
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  };
  const load = () =>
    (loading ??= fetched().then((found) => {
      index = found;
      for (const options of form.querySelectorAll("datalist")) {
        options.replaceChildren(...index[`${options.dataset.of}s`].map(([id, label]) => element("option", { value: label, label: id })));
      }
    }));

  const place = (names, wanted) => index[names].findIndex(([id, label]) => id === wanted || label === wanted);

  /* A test of one claim for one field of the form. */
  const test = (name, value) => {
    if (name === "q") {
      const words = value.toLowerCase().split(/\s+/);
      return (claim) => words.every((word) => claim[1].toLowerCase().includes(word));
    }
    if (name === "year") return (claim) => claim[7].startsWith(value);
    const wanted = place(`${name}s`, value);
    if (name === "rating") return (claim) => claim[2] === wanted;
    if (name === "topic") return (claim) => claim[3].includes(wanted);
    if (name === "article") return (claim) => claim[6].includes(wanted);
    return (claim) => claim[4].includes(wanted) || claim[5].includes(wanted);
  };

  const show = (from) => {
    const rows = found.slice(from, from + STEP).map(row);
    from ? narrowed.append(...rows) : narrowed.replaceChildren(...rows);
    more.hidden = found.length <= from + STEP;
    if (from) rows[0].querySelector("a").focus();
  };

  const apply = async () => {
    const mine = ++run;
    const wanted = fields.map((field) => [field.name, field.value.trim()]).filter(([, value]) => value);
    const query = new URLSearchParams(wanted).toString();
    history.replaceState(null, "", query ? `?${query}` : location.pathname);
    form.querySelector("[type=reset]").hidden = !wanted.length;
    if (wanted.length) {
      try {
        await load();
      } catch {
        loading = null;
        status.textContent = "The list could not be loaded. The pages below have all claims.";
        return;
      }
      if (mine !== run) return;
      const tests = wanted.map(([name, value]) => test(name, value));
      found = index.claims.filter((claim) => tests.every((fits) => fits(claim)));
      show(0);
      status.textContent = found.length === 1 ? "1 claim" : `${found.length || "No"} claims`;
    } else {
      status.textContent = "";
      more.hidden = true;
    }
    narrowed.hidden = !wanted.length;
    for (const part of aside) part.hidden = wanted.length > 0;
  };

  const read = () => {
    const query = new URLSearchParams(location.search);
    for (const field of fields) field.value = query.get(field.name) ?? "";
  };
  let timer = 0;
  form.addEventListener("focusin", () => load().catch(() => (loading = null)), { once: true });
  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    timer = setTimeout(apply, event.target.type === "search" ? 200 : 0);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    apply();
  });
  form.addEventListener("reset", () => setTimeout(apply));
  more.querySelector("button").addEventListener("click", () => show(narrowed.children.length));
  addEventListener("popstate", () => (read(), apply()));
  read();
  if (fields.some((field) => field.value)) apply();
})();
