using System.Diagnostics;
using ServerlessCqrs.Aws.Reliable;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Sending;
using ServerlessCqrs.Operating;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Shop;
using Spectre.Console;

namespace ServerlessCqrs.Operator.Import;

/// <summary>Runs one import on one stack and shows its progress.</summary>
internal sealed class ImportRun(OperatedStack stack, string what, FileSurvey survey, TimeSpan patience) : IDisposable
{
    public OperatedStack Stack => stack;

    public ImportScreen Screen { get; } = new(AnsiConsole.Console, what);

    /// <summary>
    /// Prints the file's survey, imports the file and prints the report. The exit code is 0 if everything in the file
    /// is in the shop.
    /// </summary>
    public async Task<int> ToTheEndAsync(IAsyncEnumerable<CommandRecord> commands, ISequel? sequel, CancellationToken ct)
    {
        Screen.Begin(survey);
        // An import sends one command per stream, so the order of the records does not matter.
        var stream = new KinesisCommandStream(new KinesisRecordWriter(stack.Kinesis, stack.Names.CommandStream, RecordOrder.Any), ShopContracts.Commands);
        var importer = new Importer(stack.Tips, stack.Log, stream, TimeProvider.System);
        var began = Stopwatch.GetTimestamp();
        var report = await Screen.RunAsync(survey.Items, sequel?.Name, progress => importer.RunAsync(commands, sequel, patience, progress, ct));
        Screen.Show(survey, report, Stopwatch.GetElapsedTime(began));
        return report.Applied + report.Unchanged == survey.Items && survey.Broken.Count == 0 ? ExitCodes.Good : ExitCodes.NotGood;
    }

    public void Dispose() => stack.Dispose();
}
