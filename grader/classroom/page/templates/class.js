"use strict";

(() => {
  const table = document.getElementById("matrix");
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...body.rows];
  const students = table.dataset.students;
  const value = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.value === undefined ? cell.textContent.trim() : Number(cell.dataset.value);
  };
  const compare = (one, other) =>
    typeof one === "number" ? one - other : String(one).localeCompare(String(other));
  // Sorting: the first click ascends, the next one descends; marks begin with the highest.
  heads.forEach((head, column) => head.querySelector("button").addEventListener("click", () => {
    const now = head.getAttribute("aria-sort");
    const up = now === "none" ? column !== 2 : now === "descending";
    heads.forEach((other) => other.setAttribute("aria-sort", "none"));
    head.setAttribute("aria-sort", up ? "ascending" : "descending");
    rows.sort((a, b) => (up ? 1 : -1) * compare(value(a, column), value(b, column)));
    body.append(...rows);
  }));
  const find = document.getElementById("find");
  const group = document.getElementById("group");
  const shown = document.getElementById("shown");
  const filter = () => {
    const words = find.value.trim().toLowerCase();
    let count = 0;
    for (const row of rows) {
      const fits = (!group || !group.value || row.dataset.group === group.value)
        && row.cells[0].textContent.toLowerCase().includes(words);
      row.hidden = !fits;
      count += fits;
    }
    shown.textContent = `${count} / ${rows.length}`;
  };
  find.addEventListener("input", filter);
  if (group) {
    group.addEventListener("change", filter);
  }
  document.getElementById("stars").addEventListener("change", (event) => {
    table.classList.toggle("stars", event.target.checked);
  });
  document.querySelector(".filters").addEventListener("submit", (event) => event.preventDefault());
  document.querySelector(".filters").hidden = false;
  filter();
  // One cell takes part in the order of Tab; the arrow keys move it.
  let at = null;
  const go = (cell) => {
    if (at) {
      at.removeAttribute("tabindex");
    }
    at = cell;
    at.tabIndex = 0;
  };
  const open = (cell) => {
    const row = cell.parentElement;
    const id = heads[cell.cellIndex].dataset.id;
    if (students && id && row.cells[0].querySelector("a")) {
      location.href = `${students}/${row.dataset.page}.html#${id}`;
    }
  };
  const next = (cell, sideways, down) => {
    if (sideways) {
      let other = cell;
      do {
        other = sideways > 0 ? other.nextElementSibling : other.previousElementSibling;
      } while (other && !other.offsetParent);
      return other;
    }
    let row = cell.parentElement;
    do {
      row = down > 0 ? row.nextElementSibling : row.previousElementSibling;
    } while (row && row.hidden);
    return row && row.cells[cell.cellIndex];
  };
  const keys = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  body.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td");
    if (!cell) {
      return;
    }
    if (event.key === "Enter") {
      open(cell);
    } else if (keys[event.key]) {
      const other = next(cell, ...keys[event.key]);
      event.preventDefault();
      if (other && other.matches("td")) {
        go(other);
        other.focus();
      }
    }
  });
  body.addEventListener("click", (event) => {
    const cell = event.target.closest("td");
    if (cell) {
      go(cell);
      open(cell);
    }
  });
  const begin = rows[0] && rows[0].querySelector("td");
  if (begin) {
    go(begin);
  }
})();
