using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using ServerlessCqrs.LocalRuntime.Lambda;
using ServerlessCqrs.LocalRuntime.Processes;
using ServerlessCqrs.LocalRuntime.Secrets;
using ServerlessCqrs.NpmBuilds;

namespace ServerlessCqrs.LocalRuntime.Stack;

/// <summary>The operators' console of a local stack, as a process of its own: <c>operator console</c>.</summary>
/// <param name="program">The operator's project, from the repository's root.</param>
internal sealed class ConsoleProcess(string program, int port, string dataFolder)
{
    private const string Name = "Console";

    private const string Page = "services/Framework/WebConsole/web";

    private readonly string _token = TokenOf(dataFolder);

    /// <summary>Browsers never send what stands behind <c>#</c>.</summary>
    public Uri Url => new($"http://127.0.0.1:{port}/#{_token}");

    /// <summary>Builds the page if its sources changed. A failure is only logged, because the stack works without the page.</summary>
    public static async Task EnsurePageBuiltAsync(string repositoryRoot, ILogger logger, CancellationToken ct)
    {
        // The framework's package brings the built page.
        if (!Directory.Exists(Path.Combine(repositoryRoot, Page))) return;
        try
        {
            await PageBuild.EnsureBuiltAsync(repositoryRoot, Page, logger, ct);
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("The console's page was not built: {Reason}", e.Message);
        }
    }

    /// <summary>Returns when it listens. A failure is only logged, because the stack works without a console.</summary>
    public async Task StartAsync(ProgramPlace place, ProcessSupervisor supervisor, ILogger logger, CancellationToken ct)
    {
        try
        {
            var assembly = place.AssemblyOf(program);
            await supervisor.StartAsync(
                new ProcessSpec(Name, ProgramPlace.DotNet, [assembly, "console", "--data", dataFolder, "--port", $"{port}"])
                {
                    // Arguments can be read by every user of the machine.
                    Environment = new Dictionary<string, string?> { ["CONSOLE_TOKEN"] = _token },
                    IsReady = Readiness.TcpAccepts(port),
                },
                ct);
        }
        catch (Exception e) when (e is ProcessFailedException or FileNotFoundException)
        {
            logger.LogWarning("The console did not start: {Reason}", e.Message);
        }
    }

    /// <summary>The same at every start, so that an open page goes on.</summary>
    private static string TokenOf(string dataFolder)
    {
        var path = Path.Combine(dataFolder, "console.token");
        if (File.Exists(path) && File.ReadAllText(path) is { Length: >= 32 } kept) return kept;
        var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
        OwnerOnlyFile.Write(path, token);
        return token;
    }
}
