using ServerlessCqrs.Calls;
using ServerlessCqrs.Cdk.Services;
using ServerlessCqrs.Deployment.Specs.Given;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Deployment.Specs;

/// <summary>
/// A journey records only the calls of the paths that it takes. These rules look at the code: an AWS call on a path
/// that no journey takes needs a reason, so its right cannot be forgotten.
/// </summary>
[Collection(PublishedCollection.Name)]
public sealed class ReachableCallSpecs(Published published)
{
    private const string Operator = "Operator";

    private static string OperatorFolder { get; } = Path.Combine(
        Tool.RepositoryRoot, "services", Operator, "bin", Path.GetRelativePath(
            Path.Combine(Tool.RepositoryRoot, "tests", "Deployment.Specs", "bin"), AppContext.BaseDirectory));

    /// <summary>Each program's code, by the program's name.</summary>
    private Dictionary<string, ReachableCalls> Programs => field ??=
        ShopTopology.All.Programs
            .ToDictionary(program => program.Name, program =>
                ReachableCalls.Of(published.Programs.FolderOf(program), PublishedPrograms.EntryOf(program)))
            .Append(new(Operator, ReachableCalls.Of(OperatorFolder, $"ServerlessCqrs.{Operator}")))
            .ToDictionary();

    [Fact]
    public void Every_call_that_code_can_reach_was_recorded_or_has_a_reason()
    {
        var unseen = Unseen(CallRules.Recorded);
        Assert.True(unseen.Count == 0, string.Join('\n', unseen));
    }

    [Fact]
    public void Call_on_a_path_that_no_journey_takes_is_caught() => Assert.StartsWith(
        "CommandsToEvents SNS.PublishBatch: ",
        $"{Assert.Single(Unseen(CallRules.Recorded.Where(call => call.Operation != "SNS.PublishBatch")))}",
        StringComparison.Ordinal);

    /// <summary>The analysis would be worth nothing if it missed calls.</summary>
    [Fact]
    public void Every_recorded_call_is_found_in_the_code()
    {
        var missed =
            from call in CallRules.Recorded
            let program = call.Program.Split(' ')[0]
            where !Programs[program].Operations.Contains(call.Operation)
            select $"{program} {call.Operation}";
        Assert.Empty(missed.Distinct());
    }

    [Fact]
    public void Reason_for_a_call_that_code_cannot_reach_is_caught() => Assert.DoesNotContain(
        UnmadeCalls.All,
        call => !Programs[call.Program].Operations.Contains(call.Operation));

    private List<string> Unseen(IEnumerable<Call> recorded)
    {
        var seen = recorded.Select(CallRights.RightOf).Select(right => (right.Program, right.Action))
            .Concat(StatedReasons.All.Select(reason => (reason.Program, reason.Action))).ToHashSet();
        return
        [
            .. from program in Programs
               from operation in program.Value.Operations
               // Its parts need the rights.
               where operation != "DynamoDB.TransactWriteItems"
               where !seen.Contains((program.Key, CallRights.ActionOf(operation)))
               where !UnmadeCalls.All.Any(call => call.Program == program.Key && call.Operation == operation)
               select $"{program.Key} {operation}: {program.Value.WayTo(operation)}",
        ];
    }
}
