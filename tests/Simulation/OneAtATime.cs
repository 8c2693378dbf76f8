using Xunit.Sdk;
using Xunit.v3;

// Worlds that run at the same time in one process are not yet wholly apart: what a seed tells would depend on its neighbours.
[assembly: Parallelization(Mode = ParallelMode.None)]
