using ServerlessCqrs.Shop.Products;
using ServerlessCqrs.Simulation.Checks;
using ServerlessCqrs.Simulation.Functions;
using ServerlessCqrs.Simulation.Machinery;
using ServerlessCqrs.Simulation.Services;

namespace ServerlessCqrs.Simulation.Scene;

/// <summary>
/// One seed's story: clients work amid faults, faults stop, everything drains, dead letters and parked commands are
/// redriven, and the world is checked at rest.
/// </summary>
public sealed class Story(ulong seed, int commands, FaultPlan plan, Parts parts)
{
    /// <summary>
    /// Twenty receives with a visibility timeout of 3 minutes, an SNS delay of 15, a queue delay of 5, plus some
    /// margin.
    /// </summary>
    public static readonly TimeSpan Bound = TimeSpan.FromMinutes(100);

    private static readonly TimeSpan TooLong = TimeSpan.FromDays(8);

    private int _left = commands;
    private int _writing;
    private int _working;
    private TimeSpan _restedAt;

    public World World { get; } = new(seed, plan, parts);

    public void Play()
    {
        var wishes = new Wishes(seed, World.Dice);
        new Disasters(World, wishes).Plan();
        for (var i = 0; i < 4; i++)
        {
            var (seller, name) = (i % Wishes.Sellers.Count, $"client-{i}");
            Write(name, _ => new Client(World, Wishes.Sellers[seller], name, () => wishes.OfSeller(seller)).RunAsync(TakeOne));
        }

        foreach (var customer in Wishes.Customers)
        {
            Write(customer.Id, _ => new Client(World, customer, customer.Id, () => wishes.OfCustomer(customer)).RunAsync(TakeOne));
        }

        Write("operator", _ => new Client(World, Wishes.Operator, "operator", wishes.OfOperator, longestPause: 30).RunAsync(TakeOne));
        Write("importer", process => new Importer(World, process, wishes).RunAsync(TakeOne));
        Begin("reader", _ => new Reader(World, wishes).RunAsync(() => _writing > 0));
        Begin("shopper", _ => new Shopper(World, wishes, Wishes.Customers[0]).RunAsync(() => _writing > 0));
        Begin("fumbler", _ => new Fumbler(World, wishes).RunAsync(() => _writing > 0));
        Begin("mail-reader", _ => new MailReader(World).RunAsync(() => _writing > 0));
        if (World.Sockets is not null)
            foreach (var user in Wishes.Customers)
                foreach (var (name, longestPause) in new[] { ($"restless browser of {user.Id}", 6), ($"patient browser of {user.Id}", 60) })
                    Begin(name, _ => new Browser(World, wishes, user, name, longestPause).RunAsync(() => _writing > 0));
        Drain();
        foreach (var queue in World.Queues) queue.Redrive();
        World.RedriveParked();
        _restedAt = TimeSpan.FromTicks(World.Simulator.Now);
        Drain();
        if (World.Simulator.Violation is null) new RestChecks(World).Check();
    }

    private bool TakeOne() => _left-- > 0;

    /// <summary>Starts a user whom the others need, because they change what the others read.</summary>
    private void Write(string name, Func<SimProcess, Task> work)
    {
        _writing++;
        Begin(name, async process =>
        {
            await work(process);
            _writing--;
        });
    }

    private void Begin(string name, Func<SimProcess, Task> work)
    {
        var process = new SimProcess(World.Simulator, name, TimeSpan.Zero, mayDie: false);
        _working++;
        _ = process.Start(async () =>
        {
            try
            {
                await work(process);
            }
            catch (Exception e)
            {
                World.Simulator.Violate(Invariants.NothingThrows, $"{name}: {e}");
            }

            if (--_working == 0) Rest();
        });
    }

    private void Rest()
    {
        if (World.Network.UntilAllAreBack is { Ticks: > 0 } wait)
        {
            World.Simulator.After(wait, Rest);
            return;
        }

        World.Simulator.Timeline.Add("faults stop", null, "");
        World.Dice.FaultsAreOn = false;
        foreach (var program in World.ProgramNames) World.Deploy(program, Release.Newest, recycles: true);
        _restedAt = TimeSpan.FromTicks(World.Simulator.Now);
    }

    private void Drain()
    {
        var drained = World.Simulator.Run(TimeSpan.FromTicks(World.Simulator.Now) + TooLong);
        if (World.Simulator.Violation is not null) return;
        if (!drained || TimeSpan.FromTicks(World.Simulator.Now) - _restedAt > Bound) World.Simulator.Violate(Invariants.ComesToRest, $"Faults stopped at {_restedAt}; it is {TimeSpan.FromTicks(World.Simulator.Now)}.");
    }
}
