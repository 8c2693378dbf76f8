using System.Diagnostics;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Deployment.Services;

/// <summary>Publishes every program of the topology for Graviton, compiled ahead (ReadyToRun), without Docker.</summary>
public sealed class Publisher(PublishedPrograms programs, string repositoryRoot)
{
    /// <summary>One after the other: they share projects, whose builds must not meet.</summary>
    /// <returns>0, or the exit code of the first that failed.</returns>
    public async Task<int> PublishAsync()
    {
        foreach (var program in ShopTopology.Services.Concat<Topology.Program>(ShopTopology.Functions))
        {
            var folder = programs.FolderOf(program);
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            using var process = Process.Start(new ProcessStartInfo("dotnet", Arguments(program, folder)) { WorkingDirectory = repositoryRoot })!;
            await process.WaitForExitAsync();
            if (process.ExitCode != 0) return process.ExitCode;
            Console.WriteLine($"{program.Name}: {new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length) / 1024 / 1024} MB");
        }

        return 0;
    }

    private static string[] Arguments(Topology.Program program, string folder) =>
    [
        "publish", program.Project,
        "--configuration", "Release",
        "--runtime", "linux-arm64",
        "--no-self-contained",
        "--output", folder,
        "--nologo", "--verbosity", "quiet",
        "-p:PublishReadyToRun=true", "-p:UseAppHost=false", "-p:DebugType=none", "-p:ContinuousIntegrationBuild=true",
    ];
}
