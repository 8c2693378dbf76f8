namespace ServerlessCqrs.Journeys.Chaos;

/// <summary>
/// A short chaos. With its stack it takes more than a minute, so it runs only on request. <c>--chaos 10m --seed 42</c>
/// runs a long one. It is in the shared collection so that it runs alone, though it has its own stack.
/// </summary>
[Collection(JourneysCollection.Name)]
public sealed class ChaosJourney(ITestOutputHelper output)
{
    [Fact(Explicit = true)]
    public async Task Amid_kills_pauses_and_a_broken_network_every_invariant_holds()
    {
        var (holds, report) = await new ChaosRun(seed: 1, TimeSpan.FromSeconds(10)).ExecuteAsync(TextWriter.Null);
        output.WriteLine(report);
        Assert.True(holds, report);
    }
}
