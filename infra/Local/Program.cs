using System.Diagnostics;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.LocalRuntime.Prerequisites;
using ServerlessCqrs.LocalRuntime.Stack;
using ServerlessCqrs.Shop;
using ServerlessCqrs.Topology;

return await StartFailures.ReportAsync(
    () => CommandLine.Parse(args, RunAsync).InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) }),
    Console.Error);

static async Task<int> RunAsync(LocalOptions options, CancellationToken ct)
{
    var missing = RequiredPrograms.Check();
    foreach (var line in missing) await Console.Error.WriteLineAsync(line);
    if (missing.Count > 0) return 1;

    using var logs = LoggerFactory.Create(builder => builder.AddSimpleConsole(console => console.SingleLine = true).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Yarp", LogLevel.Warning));
    try
    {
        var root = RepositoryRoot.Find();
        await NpmPackages.EnsureInstalledAsync(root, logs.CreateLogger("local"), ct);
        var began = Stopwatch.GetTimestamp();
        var folder = Welcome.FolderFrom(Environment.CurrentDirectory, options.DataFolder);
        await using (var stack = await LocalStack.StartAsync(options, ShopDomain.Instance, root, logs, ct))
        {
            TryFiles.Write(options.DataFolder, stack.Ready.Tokens.ByRole, ShopExamples.Files);
            Console.WriteLine(Welcome.Text(stack.Ready, Stopwatch.GetElapsedTime(began), folder, ShopExamples.Commands(stack.Ready.Edge, folder)));
            await stack.WatchAsync(ct);
            Console.WriteLine("Stopping …");
        }

        Console.WriteLine(Welcome.Farewell(folder));
        return 0;
    }
    catch (OperationCanceledException) when (ct.IsCancellationRequested)
    {
        return 0;
    }
}
