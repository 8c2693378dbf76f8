using System.CommandLine;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.Operator.Erasure;
using ServerlessCqrs.Operator.Stacks;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Operator.Commands;

/// <summary><c>erase USER</c>: makes a customer's personal data unreadable everywhere, permanently.</summary>
internal static class EraseCommand
{
    private static readonly Argument<string> User = Values.Person.Argument("The customer's subject, as their tokens name it.");
    private static readonly Option<bool> Yes = new("--yes") { Description = "Do not ask." };

    public static Command Create()
    {
        var stack = new StackOptions();
        var command = new Command("erase", "Destroys a customer's key, so nobody can read any copy of their name, addresses and texts. Deactivates the account, ends the watches, and prints what was searched. It cannot be undone. Exits with 1 if nothing is known of the customer.") { User, Yes };
        stack.AddTo(command);
        command.SetAction((parsed, ct) => RunAsync(parsed, stack, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, StackOptions options, CancellationToken ct)
    {
        var user = parsed.GetValue(User)!;
        if (!parsed.GetValue(Yes) && !Confirm(user)) throw new OperatorException("Nothing was erased.");
        using var stack = await options.OpenAsync(parsed, TimeProvider.System, ct);
        var time = TimeProvider.System;
        var keys = new DynamoDbPersonKeys(stack.DynamoDb, stack.Names[ShopTopology.PersonKeys]);
        var erasure = new PersonErasure(
            keys,
            () => new PersonalData(keys, stack.MasterKey, time),
            new PersonalTraces(stack.History, stack.Streams, stack.Trail, time),
            [
                stack.TextSearch,
                new TipTextSearch(stack.Tips, $"table {ShopTopology.StreamTips.Name}"),
                new DynamoDbTextSearch(stack.DynamoDb, stack.Names.Tables.Where(table => table.Key != ShopTopology.StreamTips.Name).ToDictionary()),
                new LetterTextSearch(await DeadLettersCommand.DeskOfAsync(stack, ct)),
            ],
            new KinesisCommandStream(new KinesisRecordWriter(stack.Kinesis, stack.Names.CommandStream, RecordOrder.Any), stack.Domain.Commands),
            stack.Tips,
            stack.Journal,
            ShopStack.Operator,
            time);
        var certificate = await erasure.RunAsync(user, ct);
        foreach (var line in certificate.Tell()) Console.WriteLine(line);
        return certificate.IsClean ? ExitCodes.Good : ExitCodes.NotGood;
    }

    private static bool Confirm(string user)
    {
        Console.Write($"Erase {user} for good? Type the name again: ");
        return Console.ReadLine() == user;
    }
}
