using ServerlessCqrs.Calls;
using ServerlessCqrs.Deployment;

namespace ServerlessCqrs.Journeys;

/// <summary>
/// The AWS calls that the journeys' programs make. <c>infra/Aws/calls.json</c> lists them. The deployment's specs check
/// the rights of every role against that list.
/// </summary>
internal static class RecordedCalls
{
    private static readonly Lock Gate = new();

    /// <summary>The folder to which every stack and Operator of this run records.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "calls", $"{Environment.ProcessId}");

    private static string ListFile => Path.Combine(Programs.RepositoryRoot, "infra", "Aws", "calls.json");

    /// <summary>
    /// Fails if a program made a call that AWS would refuse: no listed call and no stated reason needs its right.
    /// <c>APPROVE=1</c> adds new calls to the list.
    /// </summary>
    public static void AreKnown()
    {
        lock (Gate)
        {
            var seen = CallTable.Recorded(Folder);
            var listed = CallTable.Parse(File.ReadAllText(ListFile));
            if (Environment.GetEnvironmentVariable("APPROVE") == "1")
            {
                File.WriteAllText(ListFile, CallTable.Write(seen.Union(listed)));
                return;
            }

            var rights = listed.Select(CallRights.RightOf).Concat(StatedReasons.All.Select(reason => (reason.Program, reason.Action, reason.Resource))).ToHashSet();
            Call[] unknown = [.. seen.Where(call => !rights.Contains(CallRights.RightOf(call)))];
            Assert.True(unknown.Length == 0, Message(unknown));
        }
    }

    private static string Message(IEnumerable<Call> calls) => $"""
        infra/Aws/calls.json does not list these AWS calls, which AWS would refuse:
        {string.Join('\n', calls.Select(call => $"  {call.Program}: {call.Operation} on {call.Resource}"))}
        If they are meant, run this journey with APPROVE=1. Then grant the rights in infra/Topology/ShopRights.cs.
        """;
}
