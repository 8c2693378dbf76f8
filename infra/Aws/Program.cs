using Amazon.CDK;
using ServerlessCqrs.Cdk;
using ServerlessCqrs.Cdk.Services;
using ServerlessCqrs.Deployment.Costs;

var programs = new PublishedPrograms(Path.Combine(RepositoryRoot.Find(), "infra", "Aws", "bin", "functions"));
if (args is ["publish"])
{
    var publisher = new Publisher(programs, RepositoryRoot.Find());
    var code = await publisher.PublishAsync();
    if (code == 0) foreach (var (program, unzipped, zipped) in publisher.Sizes()) Console.WriteLine($"{program}: {unzipped / 1e6:0.0} MB, zipped {zipped / 1e6:0.0} MB");
    return code;
}

if (args is ["costs"])
{
    try
    {
        Console.Write(new MonthlyCosts(Templates.Read(Path.Combine(RepositoryRoot.Find(), "cdk.out"))).Table(0, 1, 100, 1000));
        return 0;
    }
    catch (DirectoryNotFoundException e)
    {
        await Console.Error.WriteLineAsync(e.Message);
        return 1;
    }
}

if (args.Length > 0)
{
    await Console.Error.WriteLineAsync($"There is no command '{string.Join(' ', args)}'. Use publish, costs, or none to synthesize the stacks.");
    return 1;
}

try
{
    using var kernel = new QuietKernel();
    var app = new App(new AppProps { AnalyticsReporting = false });
    // -c programs=FOLDER: another place than where publish puts them.
    if (app.Node.TryGetContext("programs") is string folder) programs = new PublishedPrograms(folder);
    new ShopDeployment(app, new OptionsReader(app.Node.TryGetContext).Read(), programs);
    app.Synth();
    return 0;
}
catch (Exception e) when (e is OptionsException or DirectoryNotFoundException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
