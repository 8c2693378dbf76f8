using System.Diagnostics;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.Operator.Stacks;
using ServerlessCqrs.Shop;
using Spectre.Console;

namespace ServerlessCqrs.Operator.Import;

/// <summary>Runs one import on one stack, and shows its progress.</summary>
internal sealed class ImportRun(ShopStack stack, string what, FileSurvey survey, TimeSpan patience) : IDisposable
{
    public ShopStack Stack => stack;

    public ImportScreen Screen { get; } = new(AnsiConsole.Console, what);

    /// <summary>Says what is in the file, imports it, and tells what became of it. The exit code is good where all of the file is there.</summary>
    public async Task<int> ToTheEndAsync(IAsyncEnumerable<CommandRecord> commands, ISequel? sequel, CancellationToken ct)
    {
        Screen.Begin(survey);
        // An import has one command a stream, so nothing is asked of the order.
        var stream = new KinesisCommandStream(new KinesisRecordWriter(stack.Kinesis, stack.Names.CommandStream, RecordOrder.Any), ShopContracts.Commands);
        var importer = new Importer(stack.Tips, stack.Log, stream, TimeProvider.System);
        var began = Stopwatch.GetTimestamp();
        var report = await Screen.RunAsync(survey.Items, sequel?.Name, progress => importer.RunAsync(commands, sequel, patience, progress, ct));
        Screen.Show(survey, report, Stopwatch.GetElapsedTime(began));
        return report.Applied + report.Unchanged == survey.Items && survey.Broken.Count == 0 ? ExitCodes.Good : ExitCodes.NotGood;
    }

    public void Dispose() => stack.Dispose();
}
