using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.EventsToMail.Mails;

/// <summary>The mail that tells a watcher that a price fell.</summary>
/// <param name="shop">The shop as its customers reach it.</param>
public sealed class PriceDropped(Uri shop)
{
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly string _shop = shop.ToString().TrimEnd('/');

    /// <param name="token">The watcher's <see cref="EventStore.Personal.UnsubscribeToken"/>.</param>
    public Mail Write(PriceDrop drop, string to, string token)
    {
        var name = OneLine(drop.ProductName);
        var (old, now, saved) = (Text(drop.Old), Text(drop.New), Text(drop.Old with { Amount = drop.Old.Amount - drop.New.Amount }));
        var percent = ((drop.Old.Amount - drop.New.Amount) * 100 / drop.Old.Amount).ToString("0.#", CultureInfo.InvariantCulture);
        var product = $"{_shop}/products/{drop.ProductId:D}";
        var unsubscribe = $"{_shop}/unsubscribe/{token}";
        return new Mail(
            to,
            $"{name} now costs {now}",
            $"""
            {name} now costs {now}.

            It was {old} before: you save {saved} ({percent}%).

            See it: {product}

            --
            You get this mail because you watch the price of {name}.
            No more mails about it: {unsubscribe}

            """.ReplaceLineEndings("\n"),
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Html.Encode(name)}</title></head>
            <body style="margin:0 auto;max-width:36em;padding:1.5em;font-family:sans-serif;line-height:1.5">
            <h1 style="font-size:1.3em">{Html.Encode(name)}</h1>
            <p><s>{Html.Encode(old)}</s> <strong>{Html.Encode(now)}</strong></p>
            <p>You save {Html.Encode(saved)} ({percent}%).</p>
            <p><a href="{Html.Encode(product)}">See it</a></p>
            <p style="font-size:.85em;color:#555">You get this mail because you watch the price of {Html.Encode(name)}. <a href="{Html.Encode(unsubscribe)}">No more mails about it</a></p>
            </body>
            </html>

            """.ReplaceLineEndings("\n"),
            new Uri(unsubscribe));
    }

    private static string Text(Money money) => string.Create(CultureInfo.InvariantCulture, $"{money.Amount:#,0.00} {money.Currency}");

    /// <summary>A line break in a name would end the subject's header.</summary>
    private static string OneLine(string name) => string.Join(' ', name.Split([.. name.Where(char.IsControl)], StringSplitOptions.RemoveEmptyEntries));
}
