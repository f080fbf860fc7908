;(function () {
  var choice = 'dark'
  try {
    choice = localStorage.getItem('deskwell.theme') || 'dark'
  } catch {
    // Storage may be forbidden; dark is the default.
  }
  if (choice === 'system') choice = matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark'
  document.documentElement.dataset.theme = choice
})()
