using System.CommandLine;
using ServerlessCqrs.Operating;
using ServerlessCqrs.Operating.Commands;
using ServerlessCqrs.Operating.Smoke;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Shop;

namespace ServerlessCqrs.Operator.Smoke;

/// <summary><c>smoke</c>: tests a stack end to end with a temporary product.</summary>
internal static class SmokeCommand
{
    private static readonly Option<string?> Token = Values.Token.Option("--token", "The access token of a seller. Default: the local stack's.");
    private static readonly Option<string?> CustomerToken = Values.Token.Option("--customer-token", "The access token of a customer, whose address gets one mail. In SES's sandbox, that address must be verified. Default: the local stack's, else no mail is sent.");
    private static readonly Option<int> Patience = Values.Whole("SECONDS", 5, 600).Option("--patience", "How long to wait for each effect.", 60);

    public static Command Create(OperatedSystem system) =>
        new Command("smoke", "Shows that a stack works: creates one product, reduces its price, waits for the read model and the mail, reads the lag, verifies the product, and deletes it. Exits with 1 if a step fails.") { Token, CustomerToken, Patience }.OnStack(system, RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, OperatedStack stack, CancellationToken ct)
    {
        var time = TimeProvider.System;
        var seller = UserOf(parsed.GetValue(Token) ?? stack.TokenOf(ShopRoles.Seller), "--token")
            ?? throw new OperatorException("A deployed stack's sellers are people: give the access token of one with --token. infra/Aws/README.md says how to get one.");
        var customer = UserOf(parsed.GetValue(CustomerToken) ?? stack.TokenOf(ShopRoles.Customer), "--customer-token");
        var patience = TimeSpan.FromSeconds(parsed.GetValue(Patience));
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(40) };
        Console.WriteLine($"Smoke test of {stack.Edge}");
        if (customer is null) Console.WriteLine("No mail is sent: --customer-token names nobody.");
        var test = new SmokeTest(new SmokeClient(http, stack.Edge, patience, time), new SmokeStores(stack, time), seller, customer, patience, time, Console.WriteLine);
        var isGood = await test.RunAsync(ct);
        Console.WriteLine(isGood ? "The stack works." : "The stack does not work: see the line that begins with FAIL.");
        return isGood ? ExitCodes.Good : ExitCodes.NotGood;
    }

    private static SmokeUser? UserOf(string? token, string option) =>
        token is null ? null : new SmokeUser(token, TokenSubject.Of(token, reason => $"{option} is not an access token ({reason})."));
}
