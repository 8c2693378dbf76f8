using System.Globalization;
using ServerlessCqrs.Functions.Mails;
using static ServerlessCqrs.EventsToMail.Mails.Letterhead;

namespace ServerlessCqrs.EventsToMail.Mails;

/// <summary>Writes the mail that tells a watcher that a price fell.</summary>
/// <param name="shop">The shop's public address.</param>
public sealed class PriceDropped(Uri shop)
{
    private readonly string _shop = shop.ToString().TrimEnd('/');

    /// <param name="token">The watcher's <see cref="EventStore.Personal.PersonalToken"/>.</param>
    public Mail Write(PriceDrop drop, string to, string token)
    {
        var name = OneLine(drop.ProductName);
        var (old, now, saved) = (Text(drop.Old), Text(drop.New), Text(drop.Old with { Amount = drop.Old.Amount - drop.New.Amount }));
        var percent = ((drop.Old.Amount - drop.New.Amount) * 100 / drop.Old.Amount).ToString("0.#", CultureInfo.InvariantCulture);
        var product = $"{_shop}/shop/products/{drop.ProductId:D}";
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
            Page(
                name,
                $"""
                <h1 style="font-size:1.3em">{Html(name)}</h1>
                <p><s>{Html(old)}</s> <strong>{Html(now)}</strong></p>
                <p>You save {Html(saved)} ({percent}%).</p>
                <p><a href="{Html(product)}">See it</a></p>
                {Footer($"""You get this mail because you watch the price of {Html(name)}. <a href="{Html(unsubscribe)}">No more mails about it</a>""")}
                """),
            new Uri(unsubscribe));
    }
}
