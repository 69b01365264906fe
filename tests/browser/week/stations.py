"""What an instructor and a student do with nbgrader in JupyterLab, as a test says it."""

from pathlib import Path

from tests.browser.conftest import wait_until_ready

SHOTS = Path(__file__).parents[2] / "output" / "week"
"""Where a picture of each station is kept, to be looked at."""

SECONDS = 60_000
FOCUS = """async grade_id => {
    const notebook = window.jupyterapp.shell.currentWidget.content;
    const index = Array.from(notebook.model.cells)
        .findIndex(cell => cell.getMetadata('nbgrader')?.grade_id === grade_id);
    await notebook.scrollToItem(index);
    notebook.activeCellIndex = index;
    notebook.mode = 'edit';
}"""


class Person:
    """Somebody at a Lab: their page, and what it asked for and complained of."""

    def __init__(self, browser, lab, name):
        self.lab, self.name = lab, name
        self.page = browser.new_context(viewport={"width": 1440, "height": 950}).new_page()
        self.page.set_default_timeout(SECONDS)
        self.asked, self.refused = [], []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on(
            "response",
            lambda answer: self.refused.append(answer.url) if answer.status >= 400 else None,
        )

    def open(self, entry):
        """Open the Lab, and an entry of its Nbgrader menu."""
        self.page.goto(f"{self.lab.url}lab?token={self.lab.token}")
        self.page.get_by_role("menuitem", name="Nbgrader").click()
        self.page.get_by_role("menuitem", name=entry, exact=True).click()

    def shot(self, station):
        """Keep a picture of the page."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{station}-{self.name}.png")

    def asked_elsewhere(self):
        """Return the addresses that the page asked for and that are not this Lab's."""
        own = (self.lab.url, self.lab.url.replace("http", "ws", 1), "data:", "blob:")
        return [url for url in self.asked if not url.startswith(own)]


class Instructor(Person):
    """An instructor in Formgrader, within JupyterLab."""

    def __init__(self, browser, lab):
        super().__init__(browser, lab, "instructor")
        self.formgrader = self.page.frame_locator("iframe[src*=formgrader]")

    def press(self, column, station):
        """Press the button in a column of Formgrader's first row; return what it says then."""
        self.formgrader.locator(f"td.{column} a").first.click()
        said = self.formgrader.locator("#success-modal, #error-modal")
        button = said.get_by_role("button", name="OK")
        button.wait_for()
        # the dialog comes down from above
        said.locator(".modal-dialog").evaluate(
            "dialog => Promise.all(dialog.getAnimations().map(moving => moving.finished))"
        )
        self.shot(station)
        text = said.inner_text()
        button.click()
        said.wait_for(state="detached")
        return text

    def follow(self, link):
        """Follow a link of Formgrader's, a locator, and wait until the next page is there."""
        link.click()
        self.page.wait_for_load_state("networkidle")

    def wait_for_formgrader(self):
        """Wait until Formgrader has gone to the beginning of a submission's page, as it does."""
        self.formgrader.locator(".tabbable:focus").wait_for()
        frame = next(frame for frame in self.page.frames if "/formgrader/" in frame.url)
        frame.wait_for_function("() => window.jQuery(':animated').length === 0")

    def enter(self, field, text):
        """Enter a score or a comment, and wait until Formgrader has kept it."""
        with self.page.expect_response(lambda answer: answer.request.method == "PUT") as kept:
            field.fill(text)
            field.press("Tab")
        assert kept.value.ok


class Student(Person):
    """A student with the Assignment List and a notebook."""

    def __init__(self, browser, lab):
        super().__init__(browser, lab, "student")

    def press(self, button):
        """Press a button of the Assignment List, and wait for its answer."""
        with self.page.expect_response("**/assignments/*"):
            self.page.get_by_role("button", name=button, exact=True).click()

    def open_notebook(self, assignment, name):
        """Open a fetched notebook from the Assignment List."""
        # the file browser has something of that name, too
        self.page.locator("a.assignment-notebooks-link", has_text=assignment).click()
        self.page.get_by_role("link", name=name, exact=True).click()
        wait_until_ready(self.page)

    def write(self, answers):
        """Write answers, grade id -> source, into the notebook's cells, and save it."""
        for grade_id, source in answers.items():
            self.page.evaluate(FOCUS, grade_id)
            self.page.locator(".jp-mod-active .cm-content:focus").wait_for()
            self.page.keyboard.press("Control+a")
            self.page.keyboard.insert_text(source)
        self.page.keyboard.press("Control+s")
        self.page.wait_for_function(
            "() => !window.jupyterapp.shell.currentWidget.context.model.dirty"
        )

    def validate(self):
        """Press Validate, and return what it says."""
        self.page.get_by_role("button", name="Validate").click()
        result = self.page.locator(".jp-Dialog").filter(has_text="Validation Results")
        result.wait_for()
        self.shot("07-validated")
        text = result.inner_text()
        result.get_by_role("button", name="Ok").click()
        return text

    def show(self, title):
        """Bring a tab of the Lab to the front."""
        self.page.get_by_role("tab", name=title).click()
