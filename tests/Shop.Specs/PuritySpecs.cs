using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using ServerlessCqrs.Streams;

namespace ServerlessCqrs.Shop.Specs;

/// <summary>
/// The domain uses no clock, no randomness and no I/O. The specs check the members that its compiled code refers to.
/// </summary>
public class PuritySpecs
{
    private static readonly Assembly[] Pure = [typeof(ShopDomain).Assembly, typeof(StreamId).Assembly];

    /// <summary>The domain's check looks up a source file, when something is missing. The shop itself must not use these.</summary>
    private static readonly string[] ForTheCheck = ["System.IO.File.Exists", "System.IO.File.OpenRead", "System.IO.Path.", "System.IO.Directory."];

    private static readonly string[] Forbidden =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.Guid.NewGuid", "System.Guid.CreateVersion7",
        "System.TimeProvider.", "System.Random.", "System.Security.Cryptography.RandomNumberGenerator.", "System.Diagnostics.Stopwatch.",
        "System.Environment.", "System.Console.", "System.IO.", "System.Net.", "System.Diagnostics.Process.", "System.Threading.Thread.", "System.Threading.Tasks.",
    ];

    [Fact]
    public void The_domain_reads_no_clock_no_randomness_and_nothing_outside() => Assert.DoesNotContain(
        MembersUsedBy(typeof(ShopDomain).Assembly).Concat(MembersUsedBy(typeof(StreamId).Assembly).Where(member => !ForTheCheck.Any(allowed => Is(member, allowed)))),
        IsForbidden);

    [Fact]
    public void The_domain_stands_on_the_base_library_alone() =>
        Assert.All(
            Pure.SelectMany(assembly => assembly.GetReferencedAssemblies()).Where(reference => reference.Name != typeof(StreamId).Assembly.GetName().Name),
            reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));

    /// <summary>This assembly reads files and the clock, so the search must find that.</summary>
    [Fact]
    public void The_search_finds_what_it_looks_for()
    {
        Assert.True(DateTimeOffset.UtcNow > DateTimeOffset.UnixEpoch);
        var found = MembersUsedBy(typeof(PuritySpecs).Assembly).Where(IsForbidden).ToList();
        Assert.Contains("System.DateTimeOffset.get_UtcNow", found);
        Assert.Contains("System.IO.File.ReadAllText", found);
    }

    /// <summary>The compiler's iterators read the current thread's id.</summary>
    private static bool IsForbidden(string member) => member != "System.Environment.get_CurrentManagedThreadId" && Forbidden.Any(forbidden => Is(member, forbidden));

    private static bool Is(string member, string one) => one[^1] == '.' ? member.StartsWith(one, StringComparison.Ordinal) : member == one;

    private static List<string> MembersUsedBy(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        return
        [
            .. from handle in metadata.MemberReferences
               let member = metadata.GetMemberReference(handle)
               where member.Parent.Kind == HandleKind.TypeReference
               let type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent)
               select $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}.{metadata.GetString(member.Name)}",
        ];
    }
}
