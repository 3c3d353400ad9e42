/* The reader's settings: text size, script and colours, each kept for the next page. Storage keys are Material's, so
   two sites on one host do not mix. What a setting needs is loaded when it is used. */
(() => {
  const root = document.documentElement
  const here = document.currentScript.src
  const SIZES = [-1, 0, 1, 2, 3]

  const setSize = (size) => {
    root.dataset.size = size
    __md_set("__size", size)
  }

  const showScript = async (script) => {
    __md_set("__script", script)
    const { show } = await import(new URL("script/convert.js", here))
    await show(script)
    for (const button of document.querySelectorAll("button[data-script]")) {
      button.setAttribute("aria-pressed", String(button.dataset.script === script))
    }
  }

  const ACTIONS = {
    "[data-focus]": (button) => {
      document.querySelector(button.dataset.focus).focus()
    },
    "[data-size-step]": (button) => {
      const step = Number(button.dataset.sizeStep)
      const at = SIZES.indexOf(Number(root.dataset.size)) + step
      setSize(step ? SIZES[Math.min(Math.max(at, 0), SIZES.length - 1)] : 0)
    },
    "button[data-script]": (button) => {
      showScript(button.getAttribute("aria-pressed") === "true" ? null : button.dataset.script)
    },
    "[data-next-palette]": (button) => {
      const options = [...button.form.elements.namedItem("__palette")]
      const now = options.findIndex((option) => option.dataset.mdColorScheme === document.body.dataset.mdColorScheme)
      options[(now + 1) % options.length].click()
    },
  }

  document.addEventListener("click", (event) => {
    for (const [selector, act] of Object.entries(ACTIONS)) {
      const button = event.target.closest(selector)
      if (button) act(button)
    }
  })

  const wanted = __md_get("__script")
  if (wanted) showScript(wanted)
})()
