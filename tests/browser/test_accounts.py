import re
from itertools import count

from playwright.async_api import expect

from .conftest import PASSWORD, Desk, Open

_numbers = count(1)


async def test_a_stranger_signs_up_and_signs_out(open_page: Open):
    page = await open_page("/portal")
    await expect(page).to_have_url(re.compile("/sign-in"))
    await page.get_by_role("link", name="Create account").click()
    await page.get_by_label("Name").fill("Mary Shelley")
    await page.get_by_label("E-mail").fill(f"mary{next(_numbers)}@customers.example")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Create account").click()
    await expect(page.get_by_role("heading", name="Your tickets")).to_be_visible()

    await page.get_by_role("button", name="Your account").click()
    await page.get_by_role("menuitem", name="Sign out").click()
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    await page.goto("/portal")
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


async def test_a_refused_sign_in_says_why_and_keeps_what_was_typed(open_page: Open, desk: Desk):
    customer = desk.customer()
    page = await open_page("/sign-in?next=/portal/profile")
    await page.get_by_label("E-mail").fill(customer["email"])
    await page.get_by_label("Password", exact=True).fill("wrong-password")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("wrong")
    await expect(page.get_by_label("E-mail")).to_have_value(customer["email"])

    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Your profile")).to_be_visible()


async def test_a_taken_address_is_told_at_its_field(open_page: Open, desk: Desk):
    customer = desk.customer()
    page = await open_page("/sign-up")
    await page.get_by_label("Name").fill("Somebody Else")
    await page.get_by_label("E-mail").fill(customer["email"])
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("exists already")
    await expect(page.get_by_label("E-mail")).to_have_attribute("aria-invalid", "true")


async def test_everybody_is_led_to_the_place_of_their_role(open_page: Open, desk: Desk):
    customer, agent = desk.customer(), desk.agent()
    page = await open_page("/app", as_=customer)
    await expect(page).to_have_url(re.compile("/portal$"))
    page = await open_page("/portal", as_=agent)
    await expect(page).to_have_url(re.compile("/app"))


async def test_an_invited_agent_joins(open_page: Open, desk: Desk):
    email = f"joan{next(_numbers)}@desk.example"
    invited = desk.as_owner("/admin/users", {"email": email, "name": "Joan Clarke", "role": "agent"})
    path = invited["invitation_url"].removeprefix(desk.url)
    page = await open_page("/invitation" + path.partition("/invitation")[2])
    await expect(page.get_by_text(email)).to_be_visible()
    await expect(page.get_by_label("Name")).to_have_value("Joan Clarke")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Join").click()
    await expect(page).to_have_url(re.compile("/app"))

    page = await open_page("/invitation?token=used-up")
    await expect(page.get_by_role("heading", name="not valid any more")).to_be_visible()


async def test_a_reset_tells_nobody_whether_the_account_exists(open_page: Open, desk: Desk):
    for email in (desk.customer()["email"], "nobody@customers.example"):
        page = await open_page("/reset")
        await page.get_by_label("E-mail").fill(email)
        await page.get_by_role("button", name="Send the link").click()
        await expect(page.get_by_role("heading", name="Look into your inbox")).to_be_visible()


async def test_profile_changes_name_language_and_theme(open_page: Open, desk: Desk):
    page = await open_page("/portal/profile", as_=desk.customer())
    await page.get_by_label("Name").fill("Ada King")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Saved")).to_be_visible()
    await page.get_by_text("Light", exact=True).click()
    await expect(page.locator("html")).to_have_attribute("data-theme", "light")
    await page.get_by_text("Deutsch", exact=True).click()
    await expect(page.get_by_role("heading", name="Ihr Profil")).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("lang", "de")
    await expect(page.get_by_text("Dieses Gerät")).to_be_visible()
    await page.reload()
    await expect(page.get_by_label("Name")).to_have_value("Ada King")
    await expect(page.get_by_role("heading", name="Ihr Profil")).to_be_visible()


async def test_another_device_can_be_signed_out(open_page: Open, desk: Desk):
    customer = desk.customer()
    other = await open_page("/portal", as_=customer)
    await expect(other.get_by_role("heading", name="Your tickets")).to_be_visible()
    page = await open_page("/portal/profile", as_=customer)
    await page.get_by_role("button", name="Sign out everywhere").click()
    await (
        page.get_by_role("alertdialog")
        .or_(page.get_by_role("dialog"))
        .get_by_role("button", name="Sign out everywhere")
        .click()
    )
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    await other.reload()
    await expect(other.get_by_role("heading", name="Sign in")).to_be_visible()
