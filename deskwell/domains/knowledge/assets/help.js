/* What the help center gains with JavaScript: theme switch, instant results, feedback without a reload, current heading. */
(() => {
  const root = document.documentElement;
  const stored = (() => { try { return localStorage.getItem('deskwell-theme'); } catch { return null; } })();
  if (stored === 'light' || stored === 'dark') root.dataset.theme = stored;
  document.addEventListener('DOMContentLoaded', () => { theme(); search(); feedback(); outline(); });

  function theme() {
    const button = document.querySelector('[data-theme-switch]');
    if (!button) return;
    const dark = () => (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
    const show = () => { root.dataset.theme = dark() ? 'dark' : 'light'; button.setAttribute('aria-label', dark() ? 'Use the light theme' : 'Use the dark theme'); };
    button.hidden = false;
    show();
    button.addEventListener('click', () => {
      root.dataset.theme = dark() ? 'light' : 'dark';
      try { localStorage.setItem('deskwell-theme', root.dataset.theme); } catch { /* private mode: lasts for this page */ }
      show();
    });
  }

  function search() {
    const form = document.querySelector('form[data-instant]');
    if (!form) return;
    const input = form.querySelector('input[type="search"]');
    const list = form.querySelector('.found');
    const status = form.querySelector('[role="status"]');
    let timer, asked = '', controller, active = -1;
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', 'Matching articles');
    input.setAttribute('role', 'combobox');
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-controls', list.id);
    const options = () => [...list.querySelectorAll('[role="option"]')];
    const open = (is) => { list.hidden = !is; input.setAttribute('aria-expanded', String(is)); if (!is) mark(-1); };
    const mark = (index) => {
      active = index;
      options().forEach((option, i) => option.setAttribute('aria-selected', String(i === index)));
      const current = options()[index];
      if (current) { input.setAttribute('aria-activedescendant', current.id); current.scrollIntoView({ block: 'nearest' }); }
      else input.removeAttribute('aria-activedescendant');
    };
    open(false);

    async function ask() {
      const q = input.value.trim();
      if (q === asked) { if (q && list.children.length) open(true); return; }
      asked = q;
      controller?.abort();
      if (q.length < 2) { list.replaceChildren(); open(false); status.textContent = ''; return; }
      controller = new AbortController();
      try {
        const url = new URL(form.dataset.instant, location.href);
        url.searchParams.set('q', q);
        if (form.dataset.context) url.searchParams.set('context', form.dataset.context);
        const answer = await fetch(url, { signal: controller.signal, headers: { Accept: 'application/json' } });
        if (answer.ok) show((await answer.json()).articles);
      } catch (error) { if (error.name !== 'AbortError') open(false); }
    }

    function show(articles) {
      list.replaceChildren(...articles.map((article, i) => {
        const option = document.createElement('li');
        option.id = `dw-found-${i}`;
        option.setAttribute('role', 'option');
        option.dataset.url = article.url;
        const title = document.createElement('b'), text = document.createElement('span');
        title.append(...parts(article.title_parts));
        text.textContent = article.excerpt;
        option.append(title, text);
        option.addEventListener('click', () => { location.href = article.url; });
        return option;
      }));
      if (!articles.length) {
        const none = document.createElement('li');
        none.className = 'none';
        none.setAttribute('role', 'option');
        none.setAttribute('aria-disabled', 'true');
        none.textContent = 'Nothing found. Press Enter to see what else you can do.';
        list.append(none);
      }
      mark(-1);
      open(true);
      status.textContent = articles.length === 1 ? '1 article found' : `${articles.length} articles found`;
    }

    const parts = (pieces) => pieces.map((piece) => {
      const node = document.createElement(piece.hit ? 'mark' : 'span');
      node.textContent = piece.text;
      if (!piece.hit) return document.createTextNode(piece.text);
      return node;
    });

    input.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
    input.addEventListener('focus', () => { if (list.children.length) open(true); });
    input.addEventListener('keydown', (event) => {
      const count = options().length;
      if (event.key === 'Escape') open(false);
      else if (event.key === 'ArrowDown' && count) { event.preventDefault(); if (list.hidden) open(true); mark((active + 1) % count); }
      else if (event.key === 'ArrowUp' && count) { event.preventDefault(); mark((active - 1 + count) % count); }
      else if (event.key === 'Enter' && options()[active]?.dataset.url) { event.preventDefault(); location.href = options()[active].dataset.url; }
    });
    document.addEventListener('click', (event) => { if (!form.contains(event.target)) open(false); });
    document.addEventListener('keydown', (event) => {
      if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName)) {
        event.preventDefault();
        input.focus();
      }
    });
  }

  function feedback() {
    const form = document.querySelector('form[data-feedback]');
    if (!form) return;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const body = new URLSearchParams(new FormData(form, event.submitter));
      try {
        const answer = await fetch(form.action, { method: 'POST', body, headers: { Accept: 'application/json' } });
        const said = await answer.json();
        const note = form.querySelector('[data-said]');
        note.textContent = answer.ok ? said.message : said.detail;
        if (answer.ok && body.get('helpful') === 'no' && !body.get('comment')) form.querySelector('details').open = true;
        else if (answer.ok) form.querySelector('.choices').hidden = true;
      } catch { form.submit(); }
    });
  }

  function outline() {
    const links = [...document.querySelectorAll('.toc a')];
    if (!links.length || !('IntersectionObserver' in window)) return;
    const byId = new Map(links.map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
    const observer = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        links.forEach((link) => link.removeAttribute('aria-current'));
        byId.get(entry.target.id)?.setAttribute('aria-current', 'true');
      }
    }, { rootMargin: '-80px 0px -70% 0px' });
    byId.forEach((_, id) => { const heading = document.getElementById(id); if (heading) observer.observe(heading); });
  }
})();
