using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Projections.Reconciling;

namespace ServerlessCqrs.Operating.Commands;

/// <summary>
/// <c>reconcile</c>: runs a complete pass of the check that <c>functions/LagAndDriftToAlarms</c> does in slices.
/// </summary>
internal sealed class ReconcileCommand(OperatedSystem system)
{
    private readonly Option<int> _grace = Values.Whole("SECONDS", 0, 86_400).Option(
        "--grace",
        "Skip items that are behind for less than this: their events may still arrive.",
        (int)Reconciler.Grace.TotalSeconds);
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON document, for scripts." };

    public Command Create() =>
        new Command("reconcile", "Finds read-model items that are behind their stream, and repairs them. Exits with 1 if it cannot repair one.") { _grace, _json }.OnStack(system, RunAsync);

    private async Task<int> RunAsync(ParseResult parsed, OperatedStack stack, CancellationToken ct)
    {
        var reconciler = new Reconciler(stack.Live, stack.History, stack.Tips, stack.History, TimeProvider.System);
        var (report, _) = await reconciler.RunAsync(after: null, int.MaxValue, TimeSpan.FromSeconds(parsed.GetValue(_grace)), ct);
        if (parsed.GetValue(_json)) Console.WriteLine(ReconcileDocument.Write(report));
        else foreach (var line in Tell(report)) Console.WriteLine(line);
        return report.IsClean ? ExitCodes.Good : ExitCodes.NotGood;
    }

    public static IEnumerable<string> Tell(ReconcileReport report)
    {
        foreach (var model in report.Models)
        {
            yield return $"{model.Model}: {model.Items:N0} items, {model.OnTheWay:N0} on their way, {model.Repaired:N0} repaired, {model.Stuck.Count:N0} stuck";
            foreach (var item in model.Stuck) yield return $"  {item.Stream} at version {item.ItemVersion} of {item.StreamVersion}: {item.Reason}";
        }

        yield return $"reconcile: {report.Streams:N0} streams: {(report.IsClean ? "clean" : $"{report.Models.Sum(model => model.Stuck.Count):N0} items are stuck")}";
    }
}

/// <summary>The JSON form of a reconciliation report.</summary>
internal sealed record ReconcileDocument(
    bool Clean,
    long Streams,
    IReadOnlyList<ReconcileDocumentModel> Models)
{
    public static string Write(ReconcileReport report) => JsonSerializer.Serialize(
        new ReconcileDocument(
            report.IsClean,
            report.Streams,
            [.. report.Models.Select(model => new ReconcileDocumentModel(model.Model, model.Items, model.OnTheWay, model.Repaired, [.. model.Stuck.Select(item => item.Stream.ToString())]))]),
        ReconcileJson.Default.ReconcileDocument);
}

/// <param name="Stuck">The stuck streams.</param>
internal sealed record ReconcileDocumentModel(
    string Model,
    long Items,
    long OnTheWay,
    long Repaired,
    IReadOnlyList<string> Stuck);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ReconcileDocument))]
internal sealed partial class ReconcileJson : JsonSerializerContext;
