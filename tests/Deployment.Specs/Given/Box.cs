using System.Text.Json.Nodes;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>The result of one boot: the signal to CloudFormation, and the script's calls.</summary>
public sealed record Boot(
    int Code,
    string Status,
    string Reason,
    IReadOnlyList<string> Calls)
{
    public int Count(string call) => Calls.Count(made => made.StartsWith(call, StringComparison.Ordinal));
}

/// <summary>
/// A machine to boot a script on. Its root file system is an overlay on this machine's. The commands of <c>Played</c>
/// replace the package manager, the volume, systemd and everything outside the machine. Its disk stays from boot to
/// boot, as an instance's does; <c>/run</c> does not.
/// </summary>
public sealed class Box : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("shop-box-").FullName;
    private int _signals;

    /// <param name="volume">Another machine, now gone, whose data volume this one gets.</param>
    public Box(Box? volume = null)
    {
        foreach (var part in new[] { "upper", "work", "merged", "told" }) Directory.CreateDirectory(In(part));
        if (volume is null)
        {
            Directory.CreateDirectory(In("volume/content"));
            // xfs needs at least 300 MB; the file is sparse.
            using var disk = File.Create(In("volume/disk"));
            disk.SetLength(320 << 20);
        }
        else
        {
            Directory.Move(volume.In("volume"), In("volume"));
        }
    }

    /// <summary>Why scripts cannot run here; null if they can.</summary>
    public static string? WhyNot =>
        !OperatingSystem.IsLinux() || Environment.UserName != "root" ? "only root can make a root file system"
        : new[] { "unshare", "chroot", "mkfs.xfs", "blkid", "shellcheck" }
            .FirstOrDefault(tool => !Tool.IsInstalled(tool)) is { } missing
            ? $"{missing} is not installed: apt-get install shellcheck xfsprogs"
        : null;

    private static string Played { get; } = Path.Combine(Tool.RepositoryRoot, "tests", "Deployment.Specs", "Played");

    public string Disk => In("volume/disk");

    /// <param name="weather">Variables for the played commands: <c>MIRROR=down</c>.</param>
    public async Task<Boot> BootAsync(string script, params string[] weather)
    {
        await File.WriteAllTextAsync(In("told/script"), script);
        File.Delete(In("told/calls"));
        var (code, printed) = await RunAsync(["/bin/bash", "/told/script"], weather);
        var signal = In($"told/signal-{++_signals}");
        Assert.True(File.Exists(signal), $"the script sent no signal: {printed}");
        var told = JsonNode.Parse(await File.ReadAllTextAsync(signal))!;
        Assert.Equal("setup", told["UniqueId"]!.ToString());
        return new Boot(code, told["Status"]!.ToString(), told["Reason"]!.ToString(), await CallsAsync());
    }

    /// <summary>
    /// Runs a command that an earlier boot installed, as a timer does, with ClickHouse up and the volume mounted.
    /// </summary>
    public async Task<Boot> LaterAsync(string command, params string[] weather)
    {
        File.Delete(In("told/calls"));
        var up = weather.Contains("CLICKHOUSE=down") ? "" : "touch /run/clickhouse; ";
        var (code, printed) = await RunAsync(["/bin/bash", "-c", $"{up}mount /var/lib/clickhouse && {command}"],
            weather);
        return new Boot(code, "", printed, await CallsAsync());
    }

    /// <summary>Reads a file of the machine; empty if there is none.</summary>
    public string Read(string path) => File.Exists(In($"upper{path}")) ? File.ReadAllText(In($"upper{path}")) : "";

    public string InVolume(string file) => In($"volume/content/{file}");

    public bool Has(string path) => File.Exists(In($"upper{path}"));

    public string In(string path) => Path.Combine(_folder, path);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<(int Code, string Printed)> RunAsync(string[] command, string[] weather) => Tool.RunAsync(
        "unshare", ["--mount", "--pid", "--fork", "--kill-child", "/usr/bin/env", .. weather,
            Path.Combine(Played, "enter"), _folder, .. command]);

    private async Task<IReadOnlyList<string>> CallsAsync() => File.Exists(In("told/calls"))
        ? await File.ReadAllLinesAsync(In("told/calls")) : [];
}
