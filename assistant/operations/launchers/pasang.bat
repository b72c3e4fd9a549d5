@echo off
rem Memasang Asisten UEP dari folder ini saja: tanpa internet. Perlu Python @PYTHON@.
setlocal
cd /d "%~dp0"
py -@PYTHON@ --version >nul 2>&1
if errorlevel 1 (
  echo Python @PYTHON@ belum ada. Pasang dahulu dengan pilihan "py launcher", lalu jalankan lagi pasang.bat.
  pause
  exit /b 1
)
set /p V=<KINI
set /p L=<"versi\%V%\LINGKUNGAN"
if not exist "lingkungan\%L%\SELESAI" (
  if exist "lingkungan\%L%" rmdir /s /q "lingkungan\%L%"
  py -@PYTHON@ -m venv "lingkungan\%L%" || goto gagal
  "lingkungan\%L%\Scripts\python.exe" -m pip install --quiet --no-index --find-links wheels --only-binary=:all: -c "versi\%V%\constraints.txt" -r "versi\%V%\requirements.txt" || goto gagal
  type nul > "lingkungan\%L%\SELESAI"
)
echo Terpasang. Jalankan: jalankan.bat
exit /b 0
:gagal
echo Pemasangan gagal. Periksa ruang cakram, lalu jalankan lagi pasang.bat.
pause
exit /b 1
