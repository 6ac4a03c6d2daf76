// What the page of a unit does when it is in a frame of the learning page: it tells how high it is, and never scrolls itself.
if (window.parent !== window) {
  const content = document.getElementById("content");
  let last = "";
  const tell = () => {
    const [width, height] = [content.offsetWidth, content.offsetHeight];
    if (last === `${width} ${height}`) return;
    last = `${width} ${height}`;
    window.parent.postMessage({type: "plugin.resize", payload: {width, height}}, location.origin);
    window.scrollTo(0, 0);
  };
  new MutationObserver(tell).observe(document.body, {attributes: true, childList: true, subtree: true});
  new ResizeObserver(tell).observe(document.body);
  window.addEventListener("load", tell);
}
