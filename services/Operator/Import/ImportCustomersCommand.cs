using System.CommandLine;
using System.Runtime.CompilerServices;
using ServerlessCqrs.EventStore;
using ServerlessCqrs.EventStore.Personal;
using ServerlessCqrs.Operating;
using ServerlessCqrs.Operating.Commands;
using ServerlessCqrs.Operating.Stacks;
using ServerlessCqrs.Topology;

namespace ServerlessCqrs.Operator.Import;

/// <summary><c>import customers FILE</c>: registers customers with their mail addresses.</summary>
internal static class ImportCustomersCommand
{
    private static readonly Argument<string> File =
        Values.TextOf("FILE").Argument("A YAML list of customers: subject (as in their tokens), email; optional name.");

    public static Command Create(OperatedSystem system)
    {
        var options = new ImportOptions(system, patienceSeconds: 60);
        var command = new Command("customers", "Registers customers. Encrypts their names and addresses before it sends them. Run it again to resume.") { File };
        options.AddTo(command);
        command.SetAction((parsed, ct) => RunAsync(parsed, options, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, ImportOptions options, CancellationToken ct)
    {
        var file = new ImportFile<KnownCustomer>(parsed.GetRequiredValue(File), KnownCustomer.Map);
        using var run = await options.OpenAsync(parsed, "customers", file.Survey(), ct);
        using var personal = PersonalDataOf(run.Stack);
        return await run.ToTheEndAsync(SealedAsync(file, run, personal, ct), sequel: null, ct);
    }

    private static PersonalData PersonalDataOf(OperatedStack stack) =>
        new(new DynamoDbPersonKeys(stack.DynamoDb, stack.Names[ShopTopology.PersonKeys]), stack.MasterKey, TimeProvider.System);

    private static async IAsyncEnumerable<CommandRecord> SealedAsync(
        ImportFile<KnownCustomer> file,
        ImportRun run,
        PersonalData personal,
        [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var customer in file.Items())
        {
            CommandRecord command;
            try
            {
                command = await customer.ToRecordAsync(personal, TimeProvider.System.GetUtcNow(), ct);
            }
            catch (PersonErasedException erased)
            {
                run.Screen.Write($"not imported: {erased.Message}");
                continue;
            }

            yield return command;
        }
    }
}
