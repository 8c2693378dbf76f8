using Amazon.CDK;
using ServerlessCqrs.Cdk.Services;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Cdk;

/// <summary>The deploying program of a system: <c>cdk</c> runs it without arguments, and it synthesizes the stacks.</summary>
public static class CdkApp
{
    private const string Publish = "publish";

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, SystemTopology system, CdkAdditions additions)
    {
        var root = RepositoryRoot.Find();
        var programs = new PublishedPrograms(Path.Combine(root, additions.Project, "bin", "functions"), additions.Project);
        switch (args)
        {
            case []:
                return await SynthesizeAsync(system, programs, additions);
            case [Publish]:
                return await PublishAsync(new Publisher(system, programs, root));
            case [var name] when additions.Commands.TryGetValue(name, out var run):
                return await run();
            default:
                var commands = string.Join(", ", additions.Commands.Keys.Prepend(Publish));
                await Console.Error.WriteLineAsync($"There is no command '{string.Join(' ', args)}'. Use {commands}, or none to synthesize the stacks.");
                return 1;
        }
    }

    private static async Task<int> PublishAsync(Publisher publisher)
    {
        var code = await publisher.PublishAsync();
        if (code == 0)
            foreach (var (program, unzipped, zipped) in publisher.Sizes())
                Console.WriteLine($"{program}: {unzipped / 1e6:0.0} MB, zipped {zipped / 1e6:0.0} MB");
        return code;
    }

    private static async Task<int> SynthesizeAsync(SystemTopology system, PublishedPrograms programs, CdkAdditions additions)
    {
        try
        {
            using var kernel = new QuietKernel();
            var app = new App(new AppProps { AnalyticsReporting = false });
            // -c programs=FOLDER overrides the folder of the published programs.
            if (app.Node.TryGetContext("programs") is string folder) programs = programs with { Folder = folder };
            _ = new SystemStacks(app, system, new OptionsReader(system, app.Node.TryGetContext).Read(), programs, additions.OperatorRights);
            app.Synth();
            return 0;
        }
        catch (Exception e) when (e is OptionsException or DirectoryNotFoundException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
