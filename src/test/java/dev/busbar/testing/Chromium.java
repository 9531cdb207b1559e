package dev.busbar.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The installed Chromium, without a window, as a person would use it. */
public final class Chromium implements AutoCloseable {

    /** Far more than it takes; a machine may be busy. */
    public static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ChromeDriver driver;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Skips the test, or fails it, where there is none. */
    public static Chromium start() {
        var browser = Requirement.command("chromium", "chromium").orSkip();
        var driver = Requirement.command("chromedriver", "chromium-driver").orSkip();
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        var options = new ChromeOptions()
                .setBinary(browser.toFile())
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run",
                        "--window-size=1280,800");
        options.setCapability("goog:loggingPrefs", logs);
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(driver.toString()))
                .usingAnyFreePort()
                .build();
        return new Chromium(new ChromeDriver(service, options));
    }

    /** A page that remembers nothing of the one before. */
    public void open(String url) {
        driver.get("about:blank");
        driver.get(url);
        run("sessionStorage.clear()");
        driver.navigate().refresh();
    }

    /** Of the page; a window cannot be as narrow as a phone. */
    public void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    public Object run(String script, Object... arguments) {
        return ((JavascriptExecutor) driver).executeScript(script, arguments);
    }

    public WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    public List<String> texts(String selector) {
        return driver.findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .toList();
    }

    public void click(String selector) {
        find(selector).click();
    }

    /** Instead of what is in the field. */
    public void type(String selector, String text) {
        var field = find(selector);
        field.clear();
        field.sendKeys(text);
    }

    /** To whatever has the focus. */
    public void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    public void tabBack(int times) {
        var keys = new Actions(driver).keyDown(Keys.SHIFT);
        for (int i = 0; i < times; i++) {
            keys.sendKeys(Keys.TAB);
        }
        keys.keyUp(Keys.SHIFT).perform();
    }

    /** What the focused element is called by its id, or else by its text. */
    public String focused() {
        var element = driver.switchTo().activeElement();
        var id = element.getAttribute("id");
        return id == null || id.isEmpty() ? element.getText() : id;
    }

    /** Until one of these is shown whose text fits. */
    public void sees(String selector, Predicate<String> fits) {
        await().atMost(PATIENCE)
                .ignoreException(StaleElementReferenceException.class)
                .untilAsserted(() -> assertThat(texts(selector)).anyMatch(fits));
    }

    public void sees(String selector, String part) {
        await().atMost(PATIENCE)
                .ignoreException(StaleElementReferenceException.class)
                .untilAsserted(() -> assertThat(texts(selector))
                        .anySatisfy(text -> assertThat(text).contains(part)));
    }

    /** What the page has complained about since this was asked last: errors, refused by the policy or thrown. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
