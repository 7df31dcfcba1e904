/* Filters and keys. Without this script everything is on the page all the same. */
"use strict";
(() => {
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const one = (query) => document.querySelector(query);
  const findings = all(".finding");
  const bar = one("#filters");
  const help = one("#help");

  const wanted = () => ({
    severities: all("[name=severity]:checked", bar).map((box) => box.value),
    lang: one("[name=lang]").value,
    check: one("[name=check]").value,
  });

  const filter = () => {
    const { severities, lang, check } = wanted();
    for (const { dataset, classList } of findings) {
      const shown = severities.includes(dataset.severity) && [dataset.lang, ""].includes(lang) && [dataset.check, ""].includes(check);
      classList.toggle("filtered", !shown);
    }
    const left = all(".finding:not(.filtered)").length;
    for (const row of all(".row.found")) row.classList.toggle("filtered", !row.querySelector(".finding:not(.filtered)"));
    const narrowed = left < findings.length;
    for (const copy of all(".copy")) {
      const other = lang === "" ? narrowed : copy.dataset.lang !== lang;
      copy.classList.toggle("filtered", other && !copy.querySelector(".finding:not(.filtered)"));
    }
    one("#count").textContent = `${left} of ${findings.length} findings`;
  };

  const unfold = () => {
    const open = one("#unfold").getAttribute("aria-pressed") !== "true";
    one("#unfold").setAttribute("aria-pressed", String(open));
    for (const fold of all("details.unchanged")) fold.open = open;
  };

  const step = (by) => {
    const shown = all(".finding:not(.filtered)");
    if (shown.length === 0) return;
    const here = shown.indexOf(document.activeElement && document.activeElement.closest(".finding"));
    const next = here < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(shown.length - 1, Math.max(0, here + by));
    shown[next].focus({ preventScroll: true });
    shown[next].closest(".row").scrollIntoView({ block: "start" });
  };

  const voices = () => {
    const here = document.activeElement && document.activeElement.closest(".finding");
    const fold = here && here.querySelector("details.witnesses");
    if (fold) fold.open = !fold.open;
  };

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    w: voices,
    u: unfold,
    f: () => one("[name=severity]").focus(),
    "?": () => help.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("select, input:not([type=checkbox]), dialog");
    if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
    if (!Object.hasOwn(keys, event.key) || !one("#single").checked) return;
    event.preventDefault();
    keys[event.key]();
  });

  bar.addEventListener("change", filter);
  one("#unfold").addEventListener("click", unfold);
  one("#keys").addEventListener("click", () => help.showModal());
  one("#close").addEventListener("click", () => help.close());
  bar.hidden = false;
  filter();
})();
