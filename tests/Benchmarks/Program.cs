using ServerlessCqrs.Benchmarks;

if (args is ["--help" or "-h"] or [_, _, ..])
{
    Console.WriteLine("""
        Measures our own code, with AWS and ClickHouse replaced by counting adapters in memory, and prints tables.

          dotnet run -c Release --project tests/Benchmarks            all of it, about two minutes
          dotnet run -c Release --project tests/Benchmarks -- quick   a tenth of the work, to see that it runs
        """);
    return args is ["--help" or "-h"] ? 0 : 2;
}

#if DEBUG
Console.WriteLine("This is a Debug build: its figures mean nothing. Use -c Release.");
#endif
var scale = args is ["quick"] ? 0.1 : 1;
await WritePathBenchmark.RunAsync(scale);
ProjectionBenchmark.Run(scale);
return 0;
