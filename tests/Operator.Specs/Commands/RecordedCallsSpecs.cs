using System.CommandLine;
using ServerlessCqrs.Calls;
using ServerlessCqrs.Operating.Commands;

namespace ServerlessCqrs.Operator.Specs.Commands;

/// <summary>The policy of operators follows from the AWS calls that the journeys recorded of each command.</summary>
public sealed class RecordedCallsSpecs
{
    [Fact]
    public void Every_command_has_recorded_calls_and_every_recorded_command_exists()
    {
        var recorded = CallTable.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "calls.json")))
            .Where(call => call.Program.StartsWith("Operator ", StringComparison.Ordinal))
            .Select(call => call.Program["Operator ".Length..])
            .ToHashSet();

        Assert.Equal(Runnable(OperatorCommandLine.Create(ShopOperator.System), "").Order(StringComparer.Ordinal), recorded.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Runnable(Command command, string path) => command.Subcommands.SelectMany(one =>
    {
        var name = $"{path} {one.Name}".Trim();
        return one.Action is null ? Runnable(one, name) : Runnable(one, name).Prepend(name);
    });
}
