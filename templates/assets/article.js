/* An article: a passage and its note light up together, and the passage that the address names stays lit. */
(() => {
  "use strict";
  const all = (selector) => [...document.querySelectorAll(selector)];
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
})();
