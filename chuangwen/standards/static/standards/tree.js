// The tree of a version: narrows to what is typed, and marks the line whose panel is open.
(() => {
  const tree = document.querySelector("[data-tree]");
  if (!tree) return;
  const lines = [...tree.querySelectorAll("li")];
  const mark = () => {
    const open = location.search || "?";
    for (const line of lines) {
      if (line.querySelector("a").getAttribute("href") === open) line.setAttribute("aria-current", "true");
      else line.removeAttribute("aria-current");
    }
  };
  tree.querySelector("input").addEventListener("input", (event) => {
    const wanted = event.target.value.trim();
    for (const line of lines) line.hidden = wanted !== "" && !line.textContent.includes(wanted);
  });
  document.addEventListener("htmx:pushedIntoHistory", mark);
  mark();
})();
