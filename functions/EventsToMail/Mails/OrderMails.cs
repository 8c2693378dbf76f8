using ServerlessCqrs.Functions.Mails;
using ServerlessCqrs.Shop.Orders;
using static ServerlessCqrs.EventsToMail.Mails.Letterhead;

namespace ServerlessCqrs.EventsToMail.Mails;

/// <summary>Writes the mails that tell a customer how an order ended.</summary>
/// <param name="shop">The shop's public address.</param>
public sealed class OrderMails(Uri shop)
{
    private const string Why = "You get this mail because you ordered in this shop.";

    private readonly string _shop = shop.ToString().TrimEnd('/');

    /// <param name="end">An <see cref="OrderConfirmed"/>, <see cref="OrderRejected"/> or <see
    /// cref="OrderCancelled"/>.</param>
    /// <param name="names">The products' names at that time, or null for a product that never existed.</param>
    public Mail Write(Guid order, IOrderEvent end, IReadOnlyDictionary<Guid, string?> names, Addressee to)
    {
        return end switch
        {
            OrderConfirmed confirmed => Write(
                $"Your order is confirmed: {Text(confirmed.Total)}",
                "Your order is confirmed.",
                confirmed.Lines.Select(line => $"{line.Quantity} × {Name(line.ProductId)}: {Text(line.UnitPrice with { Amount = line.UnitPrice.Amount * line.Quantity })}"),
                confirmed.Discount.Amount > 0 ? [$"Discount: {Text(confirmed.Discount)}", $"Total: {Text(confirmed.Total)}"] : [$"Total: {Text(confirmed.Total)}"]),
            OrderRejected rejected => Write(
                "Your order was rejected",
                rejected.Declined is { } product ? $"Your order was rejected. {Name(product)}: {OneLine(rejected.Reason)}" : $"Your order was rejected: {OneLine(rejected.Reason)}",
                rejected.Items.Select(Item),
                []),
            OrderCancelled cancelled => Write(
                "Your order is cancelled",
                $"Your order is cancelled: {OneLine(cancelled.Reason)}",
                cancelled.Items.Select(Item),
                []),
            _ => throw new InvalidOperationException($"There is no mail about {end.GetType().Name}."),
        };

        string Name(Guid product) => names.GetValueOrDefault(product) is { } name ? OneLine(name) : "An unknown product";

        string Item(OrderLine item) => $"{item.Quantity} × {Name(item.ProductId)}";

        Mail Write(string subject, string news, IEnumerable<string> items, IEnumerable<string> sums)
        {
            var (greeting, lines, link) = (Greeting(to), items.Concat(sums).ToList(), $"{_shop}/shop/orders/{order:D}");
            return new Mail(
                to.Address,
                subject,
                $"""
                {greeting}

                {news}

                {string.Join('\n', lines)}

                See it: {link}

                --
                {Why}

                """.ReplaceLineEndings("\n"),
                Page(
                    subject,
                    $"""
                    <p>{Html(greeting)}</p>
                    <p>{Html(news)}</p>
                    <p>{string.Join("<br>\n", lines.Select(Html))}</p>
                    <p><a href="{Html(link)}">See it</a></p>
                    {Footer(Why)}
                    """),
                Unsubscribe: null);
        }
    }
}
