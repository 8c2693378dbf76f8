using System.Diagnostics;
using System.IO.Compression;
using Microsoft.Extensions.Logging.Abstractions;
using ServerlessCqrs.NpmBuilds;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Cdk.Services;

/// <summary>
/// Publishes every program of the topology in one build, without Docker and separately from a developer's build. Then
/// publishes the page.
/// </summary>
/// <param name="runtime">Graviton's runtime id, unless the programs run on this machine.</param>
/// <param name="readyToRun">Whether to compile ahead of time. It takes most of the build's time and makes starts a
/// third shorter.</param>
public sealed class Publisher(SystemTopology system, PublishedPrograms programs, string repositoryRoot, string runtime = "linux-arm64", bool readyToRun = true)
{
    private IReadOnlyList<Topology.Program> All => system.Programs;

    /// <returns>The exit code of the build.</returns>
    public async Task<int> PublishAsync()
    {
        // A deployment must not contain files that a program no longer needs.
        foreach (var folder in All.Select(programs.FolderOf).Where(Directory.Exists)) Directory.Delete(folder, recursive: true);
        using var process = Process.Start(new ProcessStartInfo("dotnet", Arguments()) { WorkingDirectory = repositoryRoot })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0 && system.Page is { } page ? await PublishPageAsync(page) : process.ExitCode;
    }

    private async Task<int> PublishPageAsync(StaticSite page)
    {
        try
        {
            await PageBuild.EnsureBuiltAsync(repositoryRoot, page, NullLogger.Instance, CancellationToken.None);
        }
        catch (InvalidOperationException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }

        programs.PublishPage(system, PageBuild.FolderOf(repositoryRoot, page));
        return 0;
    }

    /// <summary>
    /// The sizes that Lambda limits, in bytes: unzipped (at most 250 MB), and the uploaded zip (Lambda quotas).
    /// </summary>
    public IEnumerable<(string Program, long Unzipped, long Zipped)> Sizes()
    {
        foreach (var program in All)
        {
            using var zip = new MemoryStream();
            ZipFile.CreateFromDirectory(programs.FolderOf(program), zip);
            yield return (program.Name, new DirectoryInfo(programs.FolderOf(program)).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length), zip.Length);
        }
    }

    private string[] Arguments() =>
    [
        "msbuild", BuildFile(), "-restore", "-maxCpuCount", "-nologo", "-verbosity:quiet",
        $"-p:Programs=\"{string.Join(';', All.Select(program => Path.Combine(repositoryRoot, program.Project, $"{program.Name}.csproj")))}\"",
        $"-p:ProgramsFolder={programs.Folder}",
        $"-p:RuntimeIdentifier={runtime}",
        "-p:Configuration=Release", "-p:SelfContained=false",
        $"-p:PublishReadyToRun={readyToRun}", "-p:UseAppHost=false", "-p:DebugType=none", "-p:ContinuousIntegrationBuild=true",
        // The developer's own build runs the analyzers. One warm compiler compiles nineteen projects.
        "-p:RunAnalyzers=false", "-p:UseSharedCompilation=true",
    ];

    private string BuildFile()
    {
        var file = Path.Combine(Directory.CreateDirectory(programs.Folder).FullName, "publish.proj");
        File.WriteAllText(file, EmbeddedText.Read("publish.proj"));
        return file;
    }
}
