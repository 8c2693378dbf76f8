using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using ServerlessCqrs.Functions.Mails;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.EventsToMail.Mails;

/// <summary>The parts that all mails share.</summary>
internal static class Letterhead
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Html(string text) => Encoder.Encode(text);

    public static string Text(Money money) => string.Create(CultureInfo.InvariantCulture, $"{money.Amount:#,0.00} {money.Currency}");

    /// <summary>Removes line breaks: one in a name would end the subject header.</summary>
    public static string OneLine(string text) => string.Join(' ', text.Split([.. text.Where(char.IsControl)], StringSplitOptions.RemoveEmptyEntries));

    public static string Greeting(Addressee to) => to.Name is null ? "Hello," : $"Hello {OneLine(to.Name)},";

    /// <summary>Wraps this body, which must already be HTML, in a page.</summary>
    public static string Page(string title, string body) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Html(title)}</title></head>
        <body style="margin:0 auto;max-width:36em;padding:1.5em;font-family:sans-serif;line-height:1.5">
        {body}
        </body>
        </html>

        """.ReplaceLineEndings("\n");

    /// <summary>
    /// The last line of a mail, which says why it was sent. <paramref name="why"/> must already be HTML.
    /// </summary>
    public static string Footer(string why) => $"""<p style="font-size:.85em;color:#555">{why}</p>""";
}
