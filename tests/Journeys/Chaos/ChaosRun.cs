using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using ServerlessCqrs.Simulation.Machinery;

namespace ServerlessCqrs.Journeys.Chaos;

/// <summary>
/// Checks the simulation's invariants on real processes. It kills and stops processes, and makes the network drop,
/// delay and repeat requests. Then it waits for rest and runs every check.
/// </summary>
internal sealed class ChaosRun(ulong seed, TimeSpan duration)
{
    private const int Products = 6;
    private const int Sellers = 4;
    private const int ClientsEach = 2;
    private const int MostTold = 20;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly ChaosDice _dice = new(seed);
    private readonly Witness _witness = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <summary>Returns a report of actions and checks, and whether all checks passed.</summary>
    public async Task<(bool Holds, string Report)> ExecuteAsync(TextWriter log)
    {
        await using var stack = await ChaosStack.StartAsync(_dice);
        Say(log, $"the stack is ready; chaos for {duration}");
        var (products, clients, customers) = await PrepareAsync(stack);
        var torment = new Torment(stack, _dice);
        var reader = new ChaosReader(stack.Shop.Anonymous, products, _dice, _witness);
        using (var stop = new CancellationTokenSource(duration))
        using (var over = new CancellationTokenSource(duration + Grace))
        {
            _dice.FaultsAreOn = true;
            var longest = duration > TimeSpan.FromMinutes(1) ? TimeSpan.FromSeconds(20) : TimeSpan.FromSeconds(2);
            await Task.WhenAll([torment.RunAsync(longest, stop.Token), reader.RunAsync(stop.Token), .. clients.Select(client => client.RunAsync(stop.Token, over.Token)), .. customers.Select((customer, i) => new ChaosCustomer(customer, Mix.Of(seed, (ulong)i), products, _dice, _witness).RunAsync(stop.Token, over.Token))]);
            _dice.FaultsAreOn = false;
        }

        Say(log, $"{_witness.Asked.Count} commands were asked for; now it comes to rest");
        var checks = new ChaosChecks(stack, _witness, products, customers);
        var failure = await FailureOfAsync(async () =>
        {
            await stack.DrainAsync();
            await checks.CheckAsync();
            await Operator.VerifyAsync(stack.Shop);
        });
        return (failure is null && _witness.Broken.Count == 0, Describe(stack, torment, checks, failure));
    }

    /// <summary>Makes customers watch and order every product.</summary>
    private async Task<(IReadOnlyList<Guid> Products, IReadOnlyList<ChaosClient> Clients, IReadOnlyList<Client> Customers)> PrepareAsync(ChaosStack stack)
    {
        var seller = await stack.Shop.UserAsync("seller");
        Client[] customers = [await stack.Shop.UserAsync("customer"), await stack.Shop.UserAsync("customer")];
        var products = await Task.WhenAll(Enumerable.Range(0, Products).Select(i => seller.CreateProductAsync(name: string.Create(CultureInfo.InvariantCulture, $"Thing {i}"))));
        var watches = await Task.WhenAll(customers.SelectMany(customer => products.Select(product => customer.SendAsync(HttpMethod.Put, $"products/{product}/watch", null, ("Prefer", "wait=20")))));
        Assert.All(watches, watch => Assert.Equal(HttpStatusCode.OK, watch.Status));
        var issuer = stack.Shop.Url("identity").ToString().TrimEnd('/');
        // All clients are the same seller, so that their commands collide.
        return (products, [.. Enumerable.Range(0, Sellers * ClientsEach).Select(number => new ChaosClient(seller, issuer, number, products, _dice, _witness))], customers);
    }

    private string Describe(ChaosStack stack, Torment torment, ChaosChecks checks, string? failure)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Chaos with seed {seed} for {duration}: {_witness.Asked.Count} commands asked for, {_witness.Told.Count} acknowledged, {_witness.Orders.Count} orders, {_witness.Reads} reads checked, {_witness.Unanswered} requests without an answer.");
        text.AppendLine("Done:");
        foreach (var what in torment.Done.CountBy(what => what.Split(" for ")[0]).OrderBy(what => what.Key, StringComparer.Ordinal)) text.AppendLine(CultureInfo.InvariantCulture, $"  {what.Value,5} {what.Key}");
        foreach (var (fault, times) in _dice.Happened.OrderBy(fault => fault.Key, StringComparer.Ordinal)) text.AppendLine(CultureInfo.InvariantCulture, $"  {times,5} {fault}");
        foreach (var (service, proxy) in stack.Proxies) text.AppendLine(CultureInfo.InvariantCulture, $"  {proxy.Requests,5} requests to {service}");
        text.AppendLine("Checked:");
        foreach (var (invariant, times) in checks.Checked) text.AppendLine(CultureInfo.InvariantCulture, $"  {times,5} {invariant}");
        text.AppendLine("        and what the Operator verifies");
        foreach (var broken in _witness.Broken.Append(failure).OfType<string>().Take(MostTold)) text.AppendLine(CultureInfo.InvariantCulture, $"BROKEN: {broken}");
        text.AppendLine(CultureInfo.InvariantCulture, $"Again: dotnet run --project tests/Journeys -- --chaos {(int)duration.TotalSeconds}s --seed {seed}");
        return text.ToString();
    }

    private static async Task<string?> FailureOfAsync(Func<Task> look)
    {
        try
        {
            await look();
            return null;
        }
        catch (Xunit.Sdk.XunitException e)
        {
            return e.Message;
        }
    }

    private void Say(TextWriter log, string what) => log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_watch.Elapsed:hh\\:mm\\:ss} {what}"));
}
