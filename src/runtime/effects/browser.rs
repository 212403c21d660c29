//! Opens links of an answer in the browser or the mail program.

use super::detached;
use std::process::Command;
use std::thread;

/// The fields of a `mailto:` link that are passed on. Others, such as `attach`, could attach a
/// local file to a mail.
const MAIL_FIELDS: &[&str] = &["to", "cc", "bcc", "subject", "body", "in-reply-to"];

/// Opens a link without waiting for the program. Calls `failed` later if the program fails.
pub(in crate::runtime) fn open(
    link: &str,
    failed: impl FnOnce(String) + Send + 'static,
) -> Result<(), String> {
    let address = safe_address(link).ok_or_else(|| format!("not a web address: {link}"))?;
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let mut child = detached(Command::new(opener).arg(&address))
        .spawn()
        .map_err(|_| format!("cannot open {address}: {opener} is not installed"))?;
    let wait = move || {
        if !child.wait().is_ok_and(|status| status.success()) {
            failed(format!("cannot open {address}: {opener} failed"));
        }
    };
    thread::Builder::new().name("open".into()).spawn(wait).map_err(|error| error.to_string())?;
    Ok(())
}

/// The address to open; `None` if its scheme is neither web nor mail. Collections may come from
/// anywhere: their links must not start other programs.
fn safe_address(link: &str) -> Option<String> {
    let (scheme, rest) = link.split_once(':')?;
    if rest.chars().any(char::is_control) {
        return None;
    }
    match scheme.to_ascii_lowercase().as_str() {
        scheme @ ("http" | "https") if rest.starts_with("//") => Some(format!("{scheme}:{rest}")),
        "mailto" => Some(format!("mailto:{}", safe_mail(rest))),
        _ => None,
    }
}

fn safe_mail(rest: &str) -> String {
    let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
    let is_safe = |field: &&str| {
        let name = field.split('=').next().unwrap_or_default();
        MAIL_FIELDS.iter().any(|safe| name.eq_ignore_ascii_case(safe))
    };
    let kept: Vec<&str> =
        query.split('&').flat_map(|field| field.split(';')).filter(is_safe).collect();
    let mark = if kept.is_empty() { "" } else { "?" };
    format!("{address}{mark}{}", kept.join("&"))
}

#[cfg(test)]
mod tests {
    use super::safe_address;

    #[test]
    fn only_web_and_mail_addresses_are_opened() {
        for link in ["file:///etc/passwd", "javascript:alert(1)", "--help", "x", "https:x"] {
            assert_eq!(safe_address(link), None, "{link}");
        }
        for (link, opened) in [
            ("HTTPS://Example.org/A", "https://Example.org/A"),
            ("mailto:a@b.org?subject=x&attach=/etc/passwd", "mailto:a@b.org?subject=x"),
            ("MailTo:a@b.org?Attachment=/x", "mailto:a@b.org"),
            ("mailto:a@b.org?%61ttach=/x&cc=c@d.org", "mailto:a@b.org?cc=c@d.org"),
            ("mailto:a@b.org?subject=x;attach=/x", "mailto:a@b.org?subject=x"),
        ] {
            assert_eq!(safe_address(link).as_deref(), Some(opened));
        }
    }
}
