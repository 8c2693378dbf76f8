using System.CommandLine;
using ServerlessCqrs.Benchmarks;
using ServerlessCqrs.Benchmarks.Budget;
using ServerlessCqrs.Benchmarks.Edge;
using ServerlessCqrs.Benchmarks.Marten;
using ServerlessCqrs.Benchmarks.Overview;
using ServerlessCqrs.Benchmarks.Reads;
using ServerlessCqrs.Benchmarks.Sockets;

var data = new Option<string>("--data")
{
    Description = "The data folder of a running stack on this machine.",
    HelpName = "DIR",
    DefaultValueFactory = _ => ".local/",
};
var quick = new Command("quick", "Does a tenth of that work, to show that it runs.");
var latency = new Command("latency", "Measures on a running local stack how long a write takes until readers see it: 500 price changes at 20 a second. Takes a minute.") { data };
var root = new RootCommand("Measures the write path and the projections, and prints tables. Counting adapters in memory replace AWS and ClickHouse. Takes two minutes. Use -c Release.") { OverviewCommand.Create(), quick, latency, ReadBenchmark.Command(), BudgetCommand.Create(), SearchBenchmark.Command(), HistoryBenchmark.Command(), RedriveBenchmark.Command(), EdgeBenchmark.Command(), SocketsBenchmark.Command(), MartenBenchmark.Command() };
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
