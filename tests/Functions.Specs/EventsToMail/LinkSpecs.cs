using System.Text.RegularExpressions;
using ServerlessCqrs.Functions.Specs.EventsToMail.Given;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Functions.Specs.EventsToMail;

/// <summary>The approved mails link to routes that the shop's page has.</summary>
public sealed partial class LinkSpecs
{
    [Fact]
    public void Every_link_of_a_mail_leads_to_the_page_or_unsubscribes()
    {
        var paths = Golden.All.SelectMany(mail => Link().Matches(mail))
            .Select(link => new Uri(link.Value).AbsolutePath).ToHashSet();

        Assert.NotEmpty(paths);
        Assert.All(paths, path => Assert.True(
            ShopPage.Site.IsRoute(path) || path.StartsWith("/unsubscribe/", StringComparison.Ordinal), path));
    }

    [GeneratedRegex("""https://shop\.example[^\s"<]*""")]
    private static partial Regex Link();
}
