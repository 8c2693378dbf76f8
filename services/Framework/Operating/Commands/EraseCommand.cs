using System.CommandLine;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.EventStore.Log;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.Operating.Erasure;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Operating.Commands;

/// <summary><c>erase USER</c>: makes a person's data unreadable everywhere, permanently.</summary>
internal sealed class EraseCommand(OperatedSystem system, IErasurePlan plan)
{
    private readonly Argument<string> _user = Values
        .Text("USER", $"the {plan.Person}'s subject, {Subject.Rule}", Subject.IsValid)
        .Argument($"The {plan.Person}'s subject, as their tokens name it.");
    private readonly Option<bool> _yes = new("--yes") { Description = "Do not ask." };

    public Command Create()
    {
        var stack = new StackOptions(system);
        var command = new Command("erase", plan.Description) { _user, _yes };
        stack.AddTo(command);
        command.SetAction((parsed, ct) => RunAsync(parsed, stack, ct));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, StackOptions options, CancellationToken ct)
    {
        var user = parsed.GetValue(_user)!;
        if (!parsed.GetValue(_yes) && !Confirm(user)) throw new OperatorException("Nothing was erased.");
        using var stack = await options.OpenAsync(parsed, TimeProvider.System, ct);
        var time = TimeProvider.System;
        var keys = new DynamoDbPersonKeys(stack.DynamoDb, stack.Names[plan.Keys]);
        var erasure = new PersonErasure(
            plan,
            keys,
            () => new PersonalData(keys, stack.MasterKey, time),
            new PersonalTraces(plan, stack.History, stack.Streams, stack.Trail, time),
            [
                stack.TextSearch,
                new TipTextSearch(stack.Tips, $"table {system.StreamTips.Name}"),
                new DynamoDbTextSearch(stack.DynamoDb, stack.Names.Tables.Where(table => table.Key != system.StreamTips.Name).ToDictionary()),
                new LetterTextSearch(await DeadLettersCommand.DeskOfAsync(stack, ct)),
            ],
            new KinesisCommandStream(new KinesisRecordWriter(stack.Kinesis, stack.Names.CommandStream, RecordOrder.Any), stack.Domain.Commands),
            stack.Tips,
            stack.Journal,
            OperatedStack.Operator,
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
