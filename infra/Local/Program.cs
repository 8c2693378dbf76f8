using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.Local.ClickHouse;
using ServerlessCqrs.Local.Emulators;
using ServerlessCqrs.Local.Prerequisites;
using ServerlessCqrs.Local.Processes;

// First of all, before anything of ASP.NET is loaded: the child must start fast and stay small.
if (args is [ClickHouseHost.Command, .. var hostArguments])
    return await ClickHouseHost.RunAsync(hostArguments);

var missing = RequiredPrograms.Check();
foreach (var line in missing)
    await Console.Error.WriteLineAsync(line);
if (missing.Count > 0)
    return 1;

using var logging = LoggerFactory.Create(builder => builder.AddSimpleConsole(console => console.SingleLine = true));
var log = logging.CreateLogger("local");
using var end = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => { signal.Cancel = true; end.Cancel(); });
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => { signal.Cancel = true; end.Cancel(); });

var root = RepositoryRoot.Find();
var data = Path.Combine(root, ".local");
await NpmPackages.EnsureInstalledAsync(root, log, end.Token);
var since = Stopwatch.GetTimestamp();
await using var supervisor = await ProcessSupervisor.OpenAsync(data, log, end.Token);
var fleet = await EmulatorFleet.StartAsync(new EmulatorFleetOptions(root, data, new Ports(8081), supervisor), end.Token);
Console.WriteLine($"ready in {Stopwatch.GetElapsedTime(since).TotalMilliseconds:0} ms: {fleet.Endpoints}");
await Task.Delay(Timeout.Infinite, end.Token).ContinueWith(_ => { }, TaskScheduler.Default);
return 0;
