using ServerlessCqrs.Functions.Mails;
using ServerlessCqrs.Shop.Reviews;
using static ServerlessCqrs.EventsToMail.Mails.Letterhead;

namespace ServerlessCqrs.EventsToMail.Mails;

/// <summary>Writes the mail that tells a customer that a review was approved.</summary>
/// <param name="shop">The shop's public address.</param>
public sealed class ReviewShown(Uri shop)
{
    private readonly string _shop = shop.ToString().TrimEnd('/');

    /// <param name="productName">The product's name at that time.</param>
    public Mail Write(ReviewApproved approved, string productName, Addressee to)
    {
        var (name, greeting, link) = (OneLine(productName), Greeting(to), $"{_shop}/shop/products/{approved.ProductId:D}#reviews");
        var (news, why) = ($"Your review of {name} was approved: it is shown now, and its stars ({approved.Stars} of 5) count.", $"You get this mail because you reviewed {name}.");
        return new Mail(
            to.Address,
            $"Your review of {name} is shown",
            $"""
            {greeting}

            {news}

            See it: {link}

            --
            {why}

            """.ReplaceLineEndings("\n"),
            Page(
                name,
                $"""
                <p>{Html(greeting)}</p>
                <p>{Html(news)}</p>
                <p><a href="{Html(link)}">See it</a></p>
                {Footer(Html(why))}
                """),
            Unsubscribe: null);
    }
}
