// The verify page: links and QR codes have the code behind the "#", where no server and no log sees it. It is put into the form, which
// is sent. Without this script the code is typed. The page has this text in itself, and nothing else may run there.

/** Send the form with the code that the page's address has, if there is one. */
function check() {
  const code = location.hash.slice(1);
  const field = document.querySelector("input[name=code]");
  if (!code || !field) return;
  history.replaceState(null, "", location.pathname + location.search); // going back leads to the form, not here once more
  field.value = code;
  field.form.submit();
}

window.addEventListener("hashchange", check);
check();
