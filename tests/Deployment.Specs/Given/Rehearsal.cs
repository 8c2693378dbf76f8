using System.Text.Json.Nodes;

namespace ServerlessCqrs.Deployment.Specs.Given;

/// <summary>
/// Walks through deployments as CloudFormation does, and notes each step at which something that must exist does not. A
/// resource is created after what it refers to. A change of a property that cannot change replaces it: the new
/// one first, and the old one goes when all else is done (CloudFormation User Guide, "Understand update behaviors of
/// stack resources"). After every step the rest is also supposed to fail, and what was done is taken back.
/// </summary>
public sealed class Rehearsal(Replacements replacements)
{
    private readonly StepChecks _checks = new();
    private readonly Dictionary<JsonObject, string[]> _needs = new(ReferenceEqualityComparer.Instance);
    private readonly Account _account = new();
    private Account _before = new();
    private Cloud? _release;
    private int _deployments;

    /// <summary>What went wrong, in order.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>The stacks of a release in CDK's order: whom others import from comes first.</summary>
    public Rehearsal Deploy(Cloud release)
    {
        foreach (var stack in InOrder(release)) Update(release, stack);
        return this;
    }

    /// <summary>An operator stops an instance: its script unmounts everything.</summary>
    public Rehearsal Stop(string type = "AWS::EC2::Instance", string path = "ClickHouse/Node")
    {
        var stopped = _account.All.Where(one => one.Type == type && one.Name.Contains(path, StringComparison.Ordinal));
        foreach (var instance in stopped.ToList()) _account.Put(instance with { IsRunning = false });
        return this;
    }

    public Rehearsal EmptyBuckets()
    {
        foreach (var bucket in _account.All.Where(one => one.Type == "AWS::S3::Bucket")) _account.Empty(bucket.Name);
        return this;
    }

    /// <summary>A whole stack goes, unless another one imports from it.</summary>
    public Rehearsal Delete(params IEnumerable<string> stacks)
    {
        foreach (var stack in stacks)
        {
            foreach (var export in _account.ExportsOf(stack).Keys)
                foreach (var importer in _account.ImportersOf(export).Where(other => other != stack))
                    Faults.Add($"{stack} cannot go: {importer} imports {export}");
            foreach (var resource in Backwards(_account.In(stack)))
                Remove(_account, resource, $"deleting {stack}", Faults);
            _account.RemoveStack(stack);
        }

        return this;
    }

    /// <summary>The resources that exist, of a type.</summary>
    public IReadOnlyList<Created> Existing(string type) => [.. _account.All.Where(one => one.Type == type)];

    private void Update(Cloud release, string stack)
    {
        _deployments++;
        var before = _account.Copy();
        var old = before.In(stack);
        var wanted = release.Resources.Where(resource => resource.Stack == stack).ToDictionary(resource => resource.Id);
        if (!CheckImports(release, stack)) return;

        (_checks.Planned, _checks.Before) = (wanted.Values, before);
        _release = release;
        _before = before;
        var replaced = new List<Created>();
        foreach (var resource in Ordered(wanted, stack))
        {
            var step = old.TryGetValue(resource.Id, out var there) ? Change(resource, there, replaced)
                : Create(resource);
            if (step is null) continue;
            _account.Put(step);
            if (resource.Type == "AWS::CloudFormation::WaitCondition") Mount(step, wanted.Values);
            else RollBack(before, stack, resource);
        }

        CheckExports(release, stack);
        Faults.AddRange(EdgeChecks.Refused(before, _account, stack));
        foreach (var gone in Backwards(old.Where(one => !wanted.ContainsKey(one.Key)).ToDictionary())
            .Concat(replaced.AsEnumerable().Reverse()))
        {
            if (!wanted.ContainsKey(gone.Id)) _account.Remove(stack, gone.Id);
            Remove(_account, gone, $"cleaning up {stack}", Faults);
        }

        _account.Share(stack, ExportsNow(release, stack), References.Imports(release.Templates[stack]));
    }

    private Created Create(Resource resource)
    {
        var created = Resolved(resource, $"{resource.Path}#{_deployments}");
        Faults.AddRange(_checks.OfCreation(() => SureFor(resource), created));
        // Where nobody waits for a script, it mounts the volume as soon as that is there.
        return resource.Type == "AWS::EC2::VolumeAttachment"
            && !_checks.Planned.Any(one => one.Type == "AWS::CloudFormation::WaitCondition")
            ? created with { IsMounted = true } : created;
    }

    /// <summary>
    /// CloudFormation works on many resources at once. What is there for sure is what was there before, and what the
    /// resource waits for.
    /// </summary>
    private Account SureFor(Resource resource)
    {
        var needs = _release!.AllNeeds(resource);
        return _account.Only(resource.Stack, one => needs.Contains(one.Id)
            || (_before.In(resource.Stack).TryGetValue(one.Id, out var there) && there.Name == one.Name));
    }

    /// <summary>
    /// The script is done, and the volume is in use: nothing may fail any more that would have CloudFormation detach
    /// it. A script that fails itself unmounts it (machine.sh, undo).
    /// </summary>
    private void Mount(Created condition, IEnumerable<Resource> wanted)
    {
        var resource = _release!.Resources.Single(one => one.Stack == condition.Stack && one.Id == condition.Id);
        foreach (var attachment in _account.In(condition.Stack).Values
            .Where(one => one.Type == "AWS::EC2::VolumeAttachment" && NeedsOf(resource.Node).Contains(one.Id))
            .ToList())
        {
            _account.Put(attachment with { IsMounted = true });
            if (_before.In(condition.Stack).TryGetValue(attachment.Id, out var there)
                && there.Name == attachment.Name) continue;
            var first = _release!.AllNeeds(resource);
            Faults.AddRange(wanted.Where(one => one.Id != condition.Id && !first.Contains(one.Id))
                .Select(one =>
                $"{attachment.Name} would be detached while its volume is mounted, if {one.Path} failed late"));
        }
    }

    /// <summary>Null when nothing about it changed.</summary>
    private Created? Change(Resource resource, Created there, List<Created> replaced)
    {
        var now = Resolved(resource, there.Name);
        var changed = now.Properties.Select(pair => pair.Key).Union(there.Properties.Select(pair => pair.Key))
            .Where(key => !JsonNode.DeepEquals(now.Properties[key], there.Properties[key])).ToList();
        if (changed.Count == 0)
        {
            _account.Put(there with { Node = now.Node });
            return null;
        }

        if (resource.Type != there.Type || changed.Any(property => replacements.Replaces(resource.Type, property)))
        {
            replaced.Add(there);
            var created = Resolved(resource, $"{resource.Path}#{_deployments}");
            Faults.AddRange(StepChecks.OfReplacement(there, created, changed));
            Faults.AddRange(_checks.OfCreation(() => SureFor(resource), created));
            return created;
        }

        var isRunning = there.IsRunning || changed.Any(property => Replacements.Interrupts(resource.Type, property));
        var updated = there with
        {
            Node = now.Node,
            Properties = now.Properties,
            Version = there.Version + 1,
            IsRunning = isRunning,
        };
        Faults.AddRange(_checks.OfUpdate(() => SureFor(resource), there, updated, changed));
        return updated;
    }

    /// <summary>The next step fails: everything of this deployment is taken back, the newest first.</summary>
    private void RollBack(Account before, string stack, Resource last)
    {
        var faults = new List<string>();
        var undone = _account.Copy();
        foreach (var resource in Backwards(undone.In(stack)))
            if (!before.In(stack).TryGetValue(resource.Id, out var there) || there.Name != resource.Name)
            {
                undone.Remove(stack, resource.Id);
                // What was created a moment ago holds nothing.
                undone.Empty(resource.Name);
                Remove(undone, resource, $"taking back {stack} after {last.Path}", faults);
            }

        Faults.AddRange(faults.Except(Faults));
    }

    private static void Remove(Account account, Created resource, string when, List<string> faults)
    {
        if (!resource.IsKept) faults.AddRange(StepChecks.OfDeletion(account, resource)
            .Select(fault => $"{when}: {fault}"));
    }

    private bool CheckImports(Cloud release, string stack)
    {
        var missing = References.Imports(release.Templates[stack]).Distinct()
            .Where(name => _account.Exported(name) is null).ToList();
        Faults.AddRange(missing.Select(name => $"{stack} imports {name}, which nobody exports"));
        return missing.Count == 0;
    }

    /// <summary>
    /// CloudFormation changes no export that a stack imports, and removes none (CloudFormation User Guide, "Get
    /// exported outputs from a deployed CloudFormation stack").
    /// </summary>
    private void CheckExports(Cloud release, string stack)
    {
        var now = ExportsNow(release, stack);
        foreach (var (name, value) in _account.ExportsOf(stack))
            foreach (var importer in _account.ImportersOf(name))
                if (!now.TryGetValue(name, out var next)) Faults
                    .Add($"{stack} cannot let go of {name}: {importer} imports it");
                else if (next != value) Faults.Add($"{stack} cannot change {name}: {importer} imports it");
    }

    private Dictionary<string, string> ExportsNow(Cloud release, string stack) =>
        (release.Templates[stack]["Outputs"] as JsonObject ?? [])
        .Where(output => output.Value!["Export"] is not null)
        .ToDictionary(output => output.Value!["Export"]!["Name"]!.ToString(), output =>
            Resolve(stack, output.Value!["Value"])!.ToJsonString());

    private Created Resolved(Resource resource, string name) =>
        new(resource.Stack, resource.Id, resource.Type, name, resource.Node,
        (JsonObject)Resolve(resource.Stack, resource.Properties)!);

    private JsonNode? Resolve(string stack, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject function when function.Count == 1 && function.First() is { Key: "Ref", Value: { } id }:
                return Named((string)id!)?.Name ?? (string)id!;
            case JsonObject function when function.Count == 1
                && function.First() is { Key: "Fn::GetAtt", Value: JsonArray to }:
                return Named((string)to[0]!) is { } of
                    ? $"{of.Name}.{to[1]}{(to[1]!.ToString() == "LatestVersionNumber" ? of.Version : "")}"
                    : node.ToJsonString();
            case JsonObject function when function.Count == 1
                && function.First() is { Key: "Fn::ImportValue", Value: { } name }:
                return _account.Exported((string)name!);
            case JsonObject map:
                return new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, Resolve(stack, pair.Value))));
            case JsonArray list:
                return new JsonArray([.. list.Select(item => Resolve(stack, item))]);
            // CloudFormation may look at the newest again at every deployment.
            case JsonValue text when text.ToString().StartsWith("{{resolve:ssm:", StringComparison.Ordinal):
                return $"{text} as of deployment {_deployments}";
            default:
                return node?.DeepClone();
        }

        Created? Named(string id) => _account.In(stack).GetValueOrDefault(id);
    }

    private static IEnumerable<string> InOrder(Cloud release)
    {
        var exporters = release.Templates.ToDictionary(template => template.Key, template =>
            References.Imports(template.Value).Select(name => name[..name.IndexOf(':', StringComparison.Ordinal)])
            .ToHashSet());
        var done = new List<string>();
        while (done.Count < exporters.Count) done
            .Add(exporters.Keys.First(stack => !done.Contains(stack) && exporters[stack].All(done.Contains)));
        return done;
    }

    /// <summary>Those that need nothing first; otherwise as the template has them.</summary>
    private List<Resource> Ordered(Dictionary<string, Resource> wanted, string stack)
    {
        var (ordered, done) = (new List<Resource>(), new HashSet<string>());
        while (ordered.Count < wanted.Count)
        {
            var next = wanted.Values.FirstOrDefault(resource => !done.Contains(resource.Id)
                && NeedsOf(resource.Node).All(id => done.Contains(id) || !wanted.ContainsKey(id)));
            if (next is null)
            {
                Faults.Add($"{stack}: these wait for each other: {string.Join(", ", wanted.Keys.Except(done))}");
                break;
            }

            done.Add(next.Id);
            ordered.Add(next);
        }

        return ordered;
    }

    private List<Created> Backwards(IReadOnlyDictionary<string, Created> resources)
    {
        var (ordered, left) = (new List<Created>(), resources.Values.ToDictionary(one => one.Id));
        // By how many of those that are left each one is needed.
        var needed = left.Values.SelectMany(OthersNeededBy).CountBy(id => id).ToDictionary();
        while (left.Count > 0)
        {
            var next = left.Values.FirstOrDefault(one => needed.GetValueOrDefault(one.Id) == 0) ?? left.Values.First();
            left.Remove(next.Id);
            foreach (var id in OthersNeededBy(next)) needed[id]--;
            ordered.Add(next);
        }

        return ordered;
    }

    private IEnumerable<string> OthersNeededBy(Created one) => NeedsOf(one.Node).Where(id => id != one.Id);

    /// <summary>Every step asks for them, and no release changes while it is rehearsed.</summary>
    private string[] NeedsOf(JsonObject node) =>
        _needs.TryGetValue(node, out var needs) ? needs : _needs[node] = [.. References.Needs(node)];
}
