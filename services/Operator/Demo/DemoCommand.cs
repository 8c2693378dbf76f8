using System.CommandLine;
using ServerlessCqrs.Operating;
using ServerlessCqrs.Operating.Commands;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.Operator.Demo;

/// <summary><c>demo</c>: a seller and a customer use the shop, so that there is something to see.</summary>
internal static class DemoCommand
{
    private static readonly Option<int> Rate = Values.Whole("N", 1, 200).Option("--rate", "How many requests start in a second.", 5);
    private static readonly Option<int> Length = Values.Whole("SECONDS", 0, 86_400).Option("--for", "How long it runs. 0 means until Ctrl-C.", 0);
    private static readonly Option<string?> Token = Values.Token.Option("--token", "The access token of a seller. Default: the local stack's.");
    private static readonly Option<string?> CustomerToken = Values.Token.Option("--customer-token", "The access token of a customer. Default: the local stack's, else nobody orders.");

    public static Command Create(OperatedSystem system) => new Command(
        "demo",
        "Uses the shop as a seller and a customer would: creates 24 products once, then changes prices, orders, cancels, refills and reads at random. Some requests break a rule on purpose.") { Rate, Length, Token, CustomerToken }.OnStack(system, RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, OperatedStack stack, CancellationToken ct)
    {
        var seller = parsed.GetValue(Token) ?? stack.TokenOf(ShopRoles.Seller)
            ?? throw new OperatorException("A deployed stack's sellers are people: give the access token of one with --token. infra/Aws/README.md says how to get one.");
        var counts = new DemoCounts();
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(40) };
        var play = new DemoPlay(new DemoShop(http, stack.Edge, counts), seller, parsed.GetValue(CustomerToken) ?? stack.TokenOf(ShopRoles.Customer), new Random());
        Console.WriteLine($"Demo on {stack.Edge}. Ctrl-C stops it.");
        TimeSpan? length = parsed.GetValue(Length) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null;
        await new DemoRun(play, counts, parsed.GetValue(Rate), TimeProvider.System, Console.WriteLine).RunAsync(length, ct);
        return ExitCodes.Good;
    }
}
