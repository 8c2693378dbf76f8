using System.Globalization;
using ServerlessCqrs.Local.Processes;

namespace ServerlessCqrs.Local.ClickHouse;

/// <summary>ClickHouse as a supervised child: this very program, started again as <see cref="ClickHouseHost"/>.</summary>
public static class ClickHouseServer
{
    public const string Name = "clickhouse";

    public static ProcessSpec Spec(string repositoryRoot, string dataFolder, int port)
    {
        var path = Path.Combine(dataFolder, "clickhouse");
        return new ProcessSpec(Name, Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        [
            typeof(ClickHouseHost).Assembly.Location,
            ClickHouseHost.Command,
            "--path", path,
            "--port", port.ToString(CultureInfo.InvariantCulture),
            "--library", LibChdb.Find(repositoryRoot),
        ])
        {
            // clickhouse-local does not read the timezone from its configuration.
            Environment = new Dictionary<string, string?> { ["TZ"] = "UTC" },
            WorkingDirectory = Directory.CreateDirectory(path).FullName,
            // The first answer waits until the tables of the data folder are loaded.
            IsReady = Readiness.HttpSucceeds(new Uri($"http://127.0.0.1:{port}/?query=SELECT%201")),
            ReadyTimeout = TimeSpan.FromSeconds(60),
            StopGrace = TimeSpan.FromSeconds(10),
        };
    }
}
