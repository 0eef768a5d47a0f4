"use strict";

(() => {
  const setAll = (open) => {
    for (const one of document.querySelectorAll("details.check, details.group")) {
      one.open = open;
    }
  };
  // A link to a check unfolds it, and whatever it stands in.
  const reveal = (target) => {
    for (let at = target; at; at = at.parentElement) {
      if (at.matches("details")) {
        at.open = true;
      }
    }
    if (target) {
      target.scrollIntoView();
    }
  };
  const revealTarget = () => reveal(document.querySelector("details:target"));
  document.getElementById("open-all").addEventListener("click", () => setAll(true));
  document.getElementById("close-all").addEventListener("click", () => setAll(false));
  document.querySelector(".buttons").hidden = false;
  for (const link of document.querySelectorAll("a")) {
    const target = document.getElementById(link.getAttribute("href").slice(1));
    link.addEventListener("click", () => reveal(target));
  }
  addEventListener("hashchange", revealTarget);
  addEventListener("load", revealTarget);
})();
