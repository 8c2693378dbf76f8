using ServerlessCqrs.Calls;
using ServerlessCqrs.Cdk;
using ServerlessCqrs.Cdk.Rights;
using ServerlessCqrs.Deployment.Costs;

namespace ServerlessCqrs.Deployment;

/// <summary>The shop's additions to its deployment.</summary>
public static class ShopDeployment
{
    private const string Operator = "Operator";

    public static CdkAdditions Additions { get; } = new()
    {
        OperatorRights = [.. OperatorRights()],
        Commands = new Dictionary<string, Func<Task<int>>> { ["costs"] = PrintCostsAsync },
    };

    /// <summary>
    /// The rights for the Operator's calls that the journeys recorded (<c>calls.json</c>), and the rights with a stated
    /// reason.
    /// </summary>
    private static IEnumerable<OperatorRight> OperatorRights()
    {
        using var calls = new StreamReader(typeof(ShopDeployment).Assembly.GetManifestResourceStream("calls.json")!);
        return CallTable.Parse(calls.ReadToEnd()).Select(CallRights.RightOf)
            .Concat(StatedReasons.All.Select(reason => (reason.Program, reason.Action, reason.Resource)))
            .Where(right => right.Program == Operator)
            .Select(right => new OperatorRight(right.Action, right.Resource))
            .ToList();
    }

    private static async Task<int> PrintCostsAsync()
    {
        try
        {
            Console.Write(new MonthlyCosts(Templates.Read(Path.Combine(RepositoryRoot.Find(), "cdk.out"))).Table(0, 1, 100, 1000));
            return 0;
        }
        catch (DirectoryNotFoundException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
