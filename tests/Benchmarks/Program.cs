using System.CommandLine;
using ServerlessCqrs.Benchmarks;
using ServerlessCqrs.Benchmarks.Budget;
using ServerlessCqrs.Benchmarks.Edge;
using ServerlessCqrs.Benchmarks.Marten;
using ServerlessCqrs.Benchmarks.Overview;
using ServerlessCqrs.Benchmarks.Reads;

var data = new Option<string>("--data")
{
    Description = "The data folder of the stack that runs on this machine.",
    HelpName = "DIR",
    DefaultValueFactory = _ => ".local/",
};
var quick = new Command("quick", "A tenth of the work of the tables, to see that they run.");
var latency = new Command("latency", "How long a write takes until it is visible, measured on a local stack that runs: 500 price changes at 20 a second, about a minute.") { data };
var root = new RootCommand("Measures our own code, with AWS and ClickHouse replaced by counting adapters in memory, and prints tables; about two minutes. Use -c Release.") { OverviewCommand.Create(), quick, latency, ReadBenchmark.Command(), BudgetCommand.Create(), SearchBenchmark.Command(), HistoryBenchmark.Command(), RedriveBenchmark.Command(), EdgeBenchmark.Command(), MartenBenchmark.Command() };
root.SetAction(_ => TablesAsync(1));
quick.SetAction(_ => TablesAsync(0.1));
latency.SetAction((parsed, ct) => Failures.ReportAsync(() => LatencyBenchmark.RunAsync(RunningStack.Find(parsed.GetRequiredValue(data)), ct)));
return await root.Parse(args).InvokeAsync();

static async Task TablesAsync(double scale)
{
#if DEBUG
    Console.WriteLine("This is a Debug build: its figures mean nothing. Use -c Release.");
#endif
    await WritePathBenchmark.RunAsync(scale);
    ProjectionBenchmark.Run(scale);
}
