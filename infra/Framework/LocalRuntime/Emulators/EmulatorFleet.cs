using ServerlessCqrs.LocalRuntime.ClickHouse;
using ServerlessCqrs.LocalRuntime.Processes;

namespace ServerlessCqrs.LocalRuntime.Emulators;

/// <summary>The emulators of AWS services, and ClickHouse, on this machine.</summary>
public sealed class EmulatorFleet : IAsyncDisposable
{
    private EmulatorFleet(FleetEndpoints endpoints, IReadOnlyDictionary<string, ManagedProcess> processes) =>
        (Endpoints, Processes) = (endpoints, processes);

    public FleetEndpoints Endpoints { get; }

    /// <summary>
    /// The local emulators by name (<see cref="DynamoDbLocal.Name"/> and so on). A restart changes an emulator's pid.
    /// </summary>
    public IReadOnlyDictionary<string, ManagedProcess> Processes { get; }

    /// <summary>Starts all emulators in parallel and returns when each one serves.</summary>
    /// <exception cref="PortTakenException">Another program uses one of the ports.</exception>
    /// <exception cref="ProcessFailedException">One could not start. The others have been stopped.</exception>
    public static async Task<EmulatorFleet> StartAsync(EmulatorFleetOptions options, CancellationToken ct)
    {
        var specs = new List<ProcessSpec>();
        var dynamoDb = Place(DynamoDbLocal.Spec, DynamoDbLocal.Name, options.Given("DYNAMODB"));
        var kinesis = Place(Kinesalite.Spec, Kinesalite.Name, options.Given("KINESIS"));
        var (sns, sqs) = (options.Given("SNS"), options.Given("SQS"));
        var messaging = Place(Fauxqs.Spec, Fauxqs.Name, sqs is null ? null : sns);
        var ses = Place(SesLocal.Spec, SesLocal.Name, options.Given("SESV2", "SES"));
        var clickHouse = options.GivenClickHouse ?? ClickHouseServer.Url(options.DataFolder, Place(ClickHouse, ClickHouseServer.Name, given: null).Port, options.ClickHouseUser);
        if (options.GivenClickHouse is not null)
            options.Ports.Skip();

        var endpoints = new FleetEndpoints(dynamoDb, kinesis, sns ?? messaging, sqs ?? messaging, ses, clickHouse);
        return new EmulatorFleet(endpoints, await StartAllAsync(options.Supervisor, specs, ct));

        ProcessSpec ClickHouse(EmulatorPlace place) => ClickHouseServer.Spec(place.RepositoryRoot, place.DataFolder, place.Port, options.ClickHouseUser);

        Uri Place(Func<EmulatorPlace, ProcessSpec> spec, string name, Uri? given)
        {
            if (given is not null)
            {
                options.Ports.Skip();
                return given;
            }

            var place = new EmulatorPlace(options.RepositoryRoot, options.DataFolder, options.Ports.Take(name));
            specs.Add(spec(place));
            return place.Url;
        }
    }

    /// <summary>Stops them all.</summary>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(Processes.Values.Select(process => process.DisposeAsync().AsTask()));

    private static async Task<IReadOnlyDictionary<string, ManagedProcess>> StartAllAsync(ProcessSupervisor supervisor, List<ProcessSpec> specs, CancellationToken ct)
    {
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var starts = specs.ConvertAll(spec => StartOneAsync(supervisor, spec, abort));
        try
        {
            return (await Task.WhenAll(starts)).ToDictionary(process => process.Name);
        }
        catch
        {
            foreach (var start in starts.Where(start => start.IsCompletedSuccessfully))
                await (await start).DisposeAsync();
            // The first failure is the cause; it cancelled the other starts.
            if (starts.Select(start => start.Exception?.InnerException).OfType<ProcessFailedException>().FirstOrDefault() is { } cause)
                throw cause;
            throw;
        }
    }

    private static async Task<ManagedProcess> StartOneAsync(ProcessSupervisor supervisor, ProcessSpec spec, CancellationTokenSource abort)
    {
        try
        {
            return await supervisor.StartAsync(spec, abort.Token);
        }
        catch (ProcessFailedException)
        {
            await abort.CancelAsync();
            throw;
        }
    }
}
